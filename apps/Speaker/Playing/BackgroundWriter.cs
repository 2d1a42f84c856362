namespace Loa.Speaker.Playing;

/// <summary>Writes down what happened, one thing after the other, without making the sound wait for a slow disk.</summary>
sealed class BackgroundWriter
{
    Task last = Task.CompletedTask;

    /// <summary>Returns when all is written.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public Task Done => last;

    /// <param name="atOnce">Nothing sounds that could be held up.</param>
    public void Do(Action work, bool atOnce)
    {
        if (atOnce && last.IsCompletedSuccessfully)
            work();
        else
            last = After(last, work);
    }

    static async Task After(Task before, Action work)
    {
        await before;
        await Task.Run(work);
    }
}
