using System.Runtime.InteropServices;

namespace Loa.Bench.Load;

/// <summary>What the kernel tells of the connections, and what is done about it.</summary>
public sealed unsafe partial class Crowd
{
    void Turn(int milliseconds)
    {
        var count = Native.Wait(poll, events, MostEvents, milliseconds);
        for (var i = 0; i < count; i++)
        {
            var (what, index) = (events[i].What, events[i].Index);
            if (index == TimerIndex)
                TakeTick();
            else
                Attend(index, what);
        }
    }

    void TakeTick()
    {
        ulong times;
        if (Native.Read(timer, &times, sizeof(ulong)) == sizeof(ulong))
            Tick?.Invoke();
    }

    void Attend(int index, uint what)
    {
        ref var line = ref lines[index];
        if (line.File <= 0)
            return;
        if ((what & (Native.Error | Native.HungUp | Native.PeerGone)) != 0 && (what & Native.In) == 0)
        {
            End(index);
            return;
        }
        if ((what & Native.Out) != 0)
            Writable(index, ref line);
        if ((what & Native.In) != 0)
            Readable(index, ref line);
    }

    void Writable(int index, ref Line line)
    {
        if (line.Stage == Line.Connecting)
        {
            line.Stage = Line.Greeting;
            Watch(line.File, index, Native.In);
            dialect.Connected(this, index);
        }
        else if (line.Unsent is { } waiting)
        {
            line.Unsent = null;
            Watch(line.File, index, Native.In);
            Send(index, waiting);
        }
    }

    void Readable(int index, ref Line line)
    {
        var held = line.Held?.Length ?? 0;
        line.Held?.CopyTo(new Span<byte>(buffer, held));
        var count = Native.Receive(line.File, buffer + held, ReceiveSize - held, 0);
        if (count <= 0)
        {
            if (count < 0 && Marshal.GetLastPInvokeError() == Native.Again)
                return;
            End(index);
            return;
        }
        var bytes = new ReadOnlySpan<byte>(buffer, held + (int)count);
        var taken = dialect.Take(this, index, bytes);
        line.Held = taken < bytes.Length ? bytes[taken..].ToArray() : null;
    }

    bool Rest(int index, ReadOnlySpan<byte> bytes)
    {
        ref var line = ref lines[index];
        line.Unsent = line.Unsent is { } before ? [.. before, .. bytes] : bytes.ToArray();
        Watch(line.File, index, Native.In | Native.Out);
        return true;
    }

    void End(int index)
    {
        ref var line = ref lines[index];
        if (line.Stage == Line.In)
            Ready--;
        else
            underWay--;
        Lost++;
        Hang(ref line);
        Ended?.Invoke(index);
        ConnectMore();
    }

    void Watch(int file, int index, uint what) =>
        Checked(Native.Control(poll, Native.Modify, file, new Native.Event { What = what, Index = index }));
}
