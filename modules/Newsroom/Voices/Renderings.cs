using Loa.Audio;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Papers;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>
/// Has texts read aloud: what was read before is taken from the shelf, two who ask for the same wait for one reading,
/// and no more run at once than the machine can bear.
/// </summary>
sealed partial class Renderings(
    VoiceCatalog voices,
    SpeechPipeline pipeline,
    PaperStore papers,
    RenderingBudget budget,
    ForgetPreviews previews,
    IServiceScopeFactory scopes,
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
        return await Find(key, cancel)
            ?? await shared.Run(key, stop => InTurn(key, voice, spoken, officer, stop), cancel);
    }

    /// <summary>What was read already; null when it was not, or its sound is gone.</summary>
    public Task<Rendering?> Find(string text, string voiceName, CancellationToken cancel) =>
        Find(Rendering.KeyOf(voices.Find(voiceName).Name, Reading.Aloud(text)), cancel);

    public async Task<Rendering?> Find(string key, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        var found = await db.Renderings.AsNoTracking().FirstOrDefaultAsync(r => r.Key == key, cancel);
        return found is not null && IsThere(found) ? found : null;
    }

    /// <summary>False when the preview was cleared away meanwhile. Within the transaction of the act that takes it.</summary>
    public async Task<bool> Keep(NewsroomDb db, Rendering made, CancellationToken cancel) =>
        await db
            .Renderings.Where(r => r.Key == made.Key)
            .ExecuteUpdateAsync(
                row => row.SetProperty(r => r.Kept, true).SetProperty(r => r.TakenAt, clock.Moment()),
                cancel
            ) > 0
        // From here on nobody throws it away; until here somebody may have.
        && IsThere(made);

    bool IsThere(Rendering made) => papers.Has(made.Digest) && papers.Has(made.Master);

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
                // Somebody may have finished the same between the look at the shelf and this turn.
                return await Find(key, stop) ?? await Make(key, voice, spoken, officer, stop);
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
            await Shelve(made, either.Token);
            await previews.Trim(officer, either.Token);
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

    async Task Shelve(Rendering made, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        await db.Atomically(
            async () =>
            {
                // Another server may have read the same, or the sound of an earlier reading was lost.
                made.Kept = await db.Renderings.AnyAsync(r => r.Key == made.Key && r.Kept, cancel);
                await db.Renderings.Where(r => r.Key == made.Key).ExecuteDeleteAsync(cancel);
                db.Add(made);
            },
            cancel
        );
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
