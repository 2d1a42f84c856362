using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>Reads the sentences of a script, each that is kept from its file, the others in fair turns with all who have texts read.</summary>
sealed class SentenceReader(
    SpeechPipeline pipeline,
    SentenceStore sentences,
    RenderingTime time,
    IOptions<RenderingOptions> options
) : IDisposable
{
    readonly SemaphoreSlim turns = new(options.Value.AtOnce);
    readonly SingleFlight<SentenceSound?> shared = new();

    /// <summary>In their order, so that the first can be heard while the others are read.</summary>
    public async Task<IReadOnlyList<SentenceJoin.Part>> Read(RenderingJob job, RenderingBudget.Place place)
    {
        var lines = job.Script.Lines;
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Value.AtOnce,
            CancellationToken = job.Stopped,
        };
        await Parallel.ForAsync(
            0,
            lines.Count,
            limits,
            async (n, stop) => job.Tell(n, await Find(lines[n], job.Script, place, stop))
        );
        return Heard(lines, [.. lines.Select((_, n) => job.SoundOf(n))]);
    }

    /// <summary>What is kept of a script; null when a sentence would have to be read.</summary>
    public IReadOnlyList<SentenceJoin.Part>? Kept(ReadingScript script)
    {
        var sounds = script.Lines.Select(line => sentences.Find(line.Key)).ToList();
        return sounds.Contains(null) ? null : Heard(script.Lines, sounds);
    }

    static IReadOnlyList<SentenceJoin.Part> Heard(
        IReadOnlyList<ReadingLine> lines,
        IReadOnlyList<SentenceSound?> sounds
    ) =>
        [
            .. lines
                .Zip(sounds)
                .Where(part => part.Second is not null)
                .Select(part => new SentenceJoin.Part(part.Second!, ReadingScript.SilenceAfter(part.First))),
        ];

    async Task<SentenceSound?> Find(
        ReadingLine line,
        ReadingScript script,
        RenderingBudget.Place place,
        CancellationToken cancel
    ) => sentences.Find(line.Key) ?? await shared.Run(line.Key, stop => InTurn(line, script, place, stop), cancel);

    // First the officer's own turn, then the machine's: nobody's many sentences stand before another's first.
    async Task<SentenceSound?> InTurn(
        ReadingLine line,
        ReadingScript script,
        RenderingBudget.Place place,
        CancellationToken cancel
    )
    {
        await place.Turns.WaitAsync(cancel);
        try
        {
            await turns.WaitAsync(cancel);
            try
            {
                // Read by another, perhaps, since the look at what is kept.
                return sentences.Find(line.Key)
                    ?? await time.Limit(stop => pipeline.Run(line, script.Voice, script.Pace, stop), cancel);
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            place.Turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
