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
        if (line.Stage is Line.Shaking)
        {
            Shake(index, ref line);
            return;
        }
        if ((what & Native.Out) != 0)
            Writable(index, ref line);
        if (line.Stage is Line.Hearing)
            HearOut(index, ref line);
        else if ((what & Native.In) != 0)
            while (Readable(index, ref line)) { }
    }

    void Shake(int index, ref Line line)
    {
        var done = Tls.Greet(line.Tls);
        if (done == Native.Later)
            return;
        if (done <= 0)
        {
            End(index);
            return;
        }
        if (Tls.IsResumed(line.Tls))
            Resumed++;
        line.Stage = Line.Greeting;
        dialect.Connected(this, index);
    }

    // One line, after which the server waits for TLS to begin.
    void HearOut(int index, ref Line line)
    {
        var count = Native.Receive(line.File, buffer, ReceiveSize);
        if (count == Native.Later)
            return;
        if (count <= 0)
            End(index);
        else if (buffer[count - 1] == (byte)'\n')
            BeginTls(index, ref line);
    }

    void BeginTls(int index, ref Line line)
    {
        (line.Tls, line.Stage) = (Tls.Open(line.File, line.Resume), Line.Shaking);
        Shake(index, ref line);
    }

    void Writable(int index, ref Line line)
    {
        if (line.Stage == Line.Connecting)
        {
            Watch(line.File, index, Native.In);
            if (wire != Wire.Tcp)
            {
                if (dialect.HearsBeforeTls)
                    line.Stage = Line.Hearing;
                else
                    BeginTls(index, ref line);
                return;
            }
            line.Stage = Line.Greeting;
            dialect.Connected(this, index);
        }
        else if (line.Unsent is { } waiting)
        {
            line.Unsent = null;
            Watch(line.File, index, Native.In);
            Send(index, waiting);
        }
    }

    // True when more may have come: what TLS has taken off the line already, the poll does not tell.
    bool Readable(int index, ref Line line)
    {
        var held = line.Held?.Length ?? 0;
        line.Held?.CopyTo(new Span<byte>(buffer, held));
        var into = buffer + held;
        var room = ReceiveSize - held;
        var count = line.Tls == 0 ? Native.Receive(line.File, into, room) : Tls.Read(line.Tls, into, room);
        if (count == Native.Later)
            return false;
        if (count <= 0)
        {
            End(index);
            return false;
        }
        var bytes = new ReadOnlySpan<byte>(buffer, held + (int)count);
        var taken = dialect.Take(this, index, bytes);
        line.Held = taken < bytes.Length ? bytes[taken..].ToArray() : null;
        return line.Tls != 0;
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
