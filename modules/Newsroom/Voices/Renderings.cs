using Loa.Audio;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Vietnamese;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>
/// Has texts read aloud: what was read before is taken from the cache, two who ask for the same wait for one reading,
/// and no more run at once than the machine can bear.
/// </summary>
sealed partial class Renderings(
    VoiceCatalog voices,
    SpeechPipeline pipeline,
    RenderingCache cache,
    RenderingBudget budget,
    IOptions<RenderingOptions> options,
    TimeProvider clock,
    ILogger<Renderings> log
) : IDisposable
{
    readonly SemaphoreSlim turns = new(options.Value.AtOnce);
    readonly SingleFlight<Rendering> shared = new();
    int inside;

    /// <param name="officer">Whose turn and room it takes.</param>
    public async Task<Rendering> Render(string text, string voiceName, Guid officer, CancellationToken cancel)
    {
        var voice = voices.Find(voiceName);
        var spoken = Reading.Aloud(text);
        Refuse.Unless(spoken.Any(char.IsLetterOrDigit), "voice.nothing-to-read");
        Refuse.If(spoken.Length > Espeak.LongestText, "voice.too-long");

        var key = Rendering.KeyOf(voice.Name, spoken);
        return await cache.Find(key, cancel)
            ?? await shared.Run(key, stop => InTurn(key, voice, spoken, officer, stop), cancel);
    }

    /// <summary>What was read already; null when it was not, or its sound is gone.</summary>
    public Task<Rendering?> Find(string text, string voiceName, CancellationToken cancel) =>
        cache.Find(Rendering.KeyOf(voices.Find(voiceName).Name, Reading.Aloud(text)), cancel);

    /// <summary>False when the preview was cleared away meanwhile. Within the transaction of the act that takes it.</summary>
    public Task<bool> Keep(NewsroomDb db, Rendering made, CancellationToken cancel) => cache.Keep(db, made, cancel);

    async Task<Rendering> InTurn(string key, IVoice voice, string spoken, Guid officer, CancellationToken stop)
    {
        // One officer after another, each with one text at a time: nobody's many keep another's first from its turn.
        using var place = await budget.Enter(officer, stop);
        var limits = options.Value;
        try
        {
            Refuse.If(Interlocked.Increment(ref inside) > limits.AtOnce + limits.Waiting, "voice.busy");
            await turns.WaitAsync(stop);
            try
            {
                // Somebody may have finished the same between the look at the cache and this turn.
                return await cache.Find(key, stop) ?? await Make(key, voice, spoken, officer, stop);
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    async Task<Rendering> Make(string key, IVoice voice, string spoken, Guid officer, CancellationToken stop)
    {
        var longest = options.Value.Longest;
        using var late = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        var began = clock.GetTimestamp();
        try
        {
            var made = await pipeline.Run(key, voice, spoken, either.Token);
            made.OfficerId = officer;
            await cache.Put(made, either.Token);
            Log.Made(log, voice.Name, spoken.Length, made.DurationMs, clock.GetElapsedTime(began).TotalMilliseconds);
            return made;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new RefusedException("voice.too-slow", (int)longest.TotalSeconds);
        }
        catch (Exception e) when (SpeechFaults.Of(e) is not null)
        {
            var refusal = SpeechFaults.Of(e)!;
            // Said once for all that need room.
            if (refusal.Code == SpeechFaults.DiskFull)
                throw new NoRoomException(e);
            Log.Failed(log, e, voice.Name, spoken.Length, refusal.Code);
            throw refusal;
        }
    }

    public void Dispose() => turns.Dispose();

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Information,
            "{Voice} read {Characters} characters: {Sound} ms of sound in {Took:0} ms"
        )]
        public static partial void Made(ILogger log, string voice, int characters, long sound, double took);

        [LoggerMessage(2, LogLevel.Warning, "{Voice} could not read {Characters} characters: {Code}")]
        public static partial void Failed(ILogger log, Exception exception, string voice, int characters, string code);
    }
}
