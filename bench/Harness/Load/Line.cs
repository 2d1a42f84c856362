namespace Loa.Bench.Load;

/// <summary>One connection of a crowd; a silent one costs these few bytes.</summary>
struct Line
{
    public const byte Connecting = 0;
    public const byte Shaking = 1;
    public const byte Greeting = 2;
    public const byte In = 3;
    public const byte Hearing = 4;

    public int File;

    // 0 on a plain line.
    public nint Tls;

    // What TLS may begin with the next time, so that the keys need not be agreed on anew; 0 when there is none.
    public nint Resume;
    public byte Stage;

    // It hears nothing any more, by intention.
    public bool Deaf;

    // The beginning of a packet whose rest has not come yet.
    public byte[]? Held;
    public byte[]? Unsent;
}
