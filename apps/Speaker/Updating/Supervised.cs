namespace Loa.Speaker.Updating;

/// <summary>What a speaker's software knows of the supervisor that started it, if one did.</summary>
static class Supervised
{
    /// <summary>Set by the supervisor for what it starts; software that does not know it is not troubled by it.</summary>
    public const string Mark = "LOA_KEPT";

    public static bool IsKept => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <summary>Returns when the supervisor wants it to end, or is gone: it holds the other end of the standard input.</summary>
    public static Task KeeperLetsGo(CancellationToken cancel)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: it waits there for as long as the speaker lives.
        var watch = new Thread(() => Watch(gone)) { IsBackground = true, Name = "keeper" };
        watch.Start();
        return gone.Task.WaitAsync(cancel);
    }

    static void Watch(TaskCompletionSource gone)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> nothing = stackalloc byte[16];
        while (input.Read(nothing) > 0) { }
        gone.SetResult();
    }
}
