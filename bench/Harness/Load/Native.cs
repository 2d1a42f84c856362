using System.Runtime.InteropServices;

namespace Loa.Bench.Load;

/// <summary>The few calls of the Linux kernel with which one thread holds tens of thousands of connections for next to nothing.</summary>
static partial class Native
{
    public const int Stream = 1;
    public const int Inet = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    const int NoSignal = 0x4000;
    public const uint In = 1;
    public const uint Out = 4;
    public const uint Error = 8;
    public const uint HungUp = 0x10;
    public const uint PeerGone = 0x2000;
    public const int Add = 1;
    public const int Modify = 3;
    const int Again = 11;

    /// <summary>The kernel takes or has nothing now.</summary>
    public const nint Later = -2;
    public const int InProgress = 115;
    public const int Monotonic = 1;

    // x86-64 packs this structure; other processors do not, and are refused at the start of a crowd.
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct Event
    {
        public uint What;
        public int Index;
        public int Unused;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Address
    {
        public ushort Family;
        public ushort Port;
        public uint Ip;
        public ulong Zero;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Interval
    {
        public long EverySeconds;
        public long EveryNanoseconds;
        public long FirstSeconds;
        public long FirstNanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, in Address address, int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, in Address address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, in int value, int length);

    public static unsafe nint Send(int socket, byte* bytes, nint length) =>
        Judge(DoSend(socket, bytes, length, NoSignal));

    public static unsafe nint Receive(int socket, byte* bytes, nint length) =>
        Judge(DoReceive(socket, bytes, length, 0));

    static nint Judge(nint result) => result < 0 && Marshal.GetLastPInvokeError() == Again ? Later : result;

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static unsafe partial nint DoSend(int socket, byte* bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static unsafe partial nint DoReceive(int socket, byte* bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int file, void* bytes, nint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreatePoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int Control(int poll, int operation, int file, in Event what);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int Wait(int poll, Event* events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "timerfd_create", SetLastError = true)]
    public static partial int CreateTimer(int clock, int flags);

    [LibraryImport("libc", EntryPoint = "timerfd_settime", SetLastError = true)]
    public static partial int SetTimer(int timer, int flags, in Interval interval, nint old);

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, in Limit limit);
}
