using Loa.Audio;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Microsoft.Extensions.Logging;

namespace Loa.Newsroom.Voices;

/// <summary>
/// Has texts read aloud, sentence by sentence: what was read before is not read again, two who ask for the same wait for one reading,
/// and no more run at once than the machine can bear.
/// </summary>
sealed partial class Renderings(
    SentenceReader reader,
    SentenceJoin join,
    RenderingCache cache,
    RenderingBudget budget,
    RenderingJobs jobs,
    TimeProvider clock,
    ILogger<Renderings> log
)
{
    readonly SingleFlight<Rendering> packing = new();

    /// <param name="officer">Whose turn and room it takes.</param>
    public async Task<Rendering> Render(ReadingScript script, Guid officer, CancellationToken cancel)
    {
        if (await cache.Find(script.Key, cancel) is { } found)
            return found;
        using var visit = Ask(script, officer, TimeSpan.Zero);
        return await visit.Job.Whole.WaitAsync(cancel);
    }

    /// <summary>Begins to read, or joins those who wait already; how far it is can be asked of the job.</summary>
    /// <param name="patience">How long it goes on when nobody waits any more.</param>
    /// <param name="goesOn">It is wanted although nobody waits: it was saved.</param>
    public RenderingJobs.Visit Ask(ReadingScript script, Guid officer, TimeSpan patience, bool goesOn = false)
    {
        Refuse.If(script.Lines.Count == 0, "voice.nothing-to-read");
        Refuse.If(script.Spoken.Length > Espeak.LongestText, "voice.too-long");
        return jobs.Join(script, job => Run(job, officer), patience, goesOn);
    }

    /// <summary>The same with its master: most of what is listened to no bulletin ever takes.</summary>
    public async Task<Rendering> Take(ReadingScript script, Guid officer, CancellationToken cancel) =>
        await Packed(await Render(script, officer, cancel), script, officer, cancel);

    /// <summary>What was read already, with its master; null when it was not, or cannot be taken now.</summary>
    public async Task<Rendering?> TryTake(ReadingScript script, Guid officer, CancellationToken cancel)
    {
        try
        {
            return await Find(script, cancel) is { } found ? await Packed(found, script, officer, cancel) : null;
        }
        catch (RefusedException)
        {
            // The words are worth more than their sound: they are stored, and read once more.
            return null;
        }
    }

    /// <summary>What was read already; null when it was not, or its sound is gone.</summary>
    public Task<Rendering?> Find(ReadingScript script, CancellationToken cancel) => cache.Find(script.Key, cancel);

    /// <summary>False when the preview was cleared away meanwhile. Within the transaction of the act that takes it.</summary>
    public Task<bool> Keep(NewsroomDb db, Rendering made, CancellationToken cancel) => cache.Keep(db, made, cancel);

    Task<Rendering> Packed(Rendering made, ReadingScript script, Guid officer, CancellationToken cancel) =>
        made.IsPacked
            ? Task.FromResult(made)
            : packing.Run(script.Key, stop => Told(script, () => Pack(made, script, officer, stop)), cancel);

    async Task<Rendering> Pack(Rendering made, ReadingScript script, Guid officer, CancellationToken cancel)
    {
        var parts = reader.Kept(script) ?? await ReadAgain(script, officer, cancel);
        return await cache.Pack(made, await join.Master(script, parts, cancel), cancel);
    }

    // A sentence went meanwhile.
    async Task<IReadOnlyList<SentenceJoin.Part>> ReadAgain(ReadingScript script, Guid officer, CancellationToken cancel)
    {
        using var place = budget.Enter(officer);
        using var job = new RenderingJob(script);
        await using var stopping = cancel.Register(job.Stop);
        return await reader.Read(job, place);
    }

    async Task<Rendering> Run(RenderingJob job, Guid officer)
    {
        using var place = budget.Enter(officer);
        // Somebody may have finished the same between the look at the cache and now.
        return await cache.Find(job.Script.Key, job.Stopped) ?? await Make(job, place, officer);
    }

    Task<Rendering> Make(RenderingJob job, RenderingBudget.Place place, Guid officer) =>
        Told(
            job.Script,
            async () =>
            {
                var script = job.Script;
                var began = clock.GetTimestamp();
                var heard = await reader.Read(job, place);
                Refuse.If(heard.Count == 0, "voice.nothing-heard");
                var made = await join.Run(script, heard, job.Stopped);
                made.OfficerId = officer;
                await cache.Put(made, job.Stopped);
                var took = clock.GetElapsedTime(began).TotalMilliseconds;
                Log.Made(log, script.Voice.Name, script.Lines.Count, script.Spoken.Length, made.DurationMs, took);
                return made;
            },
            () => job.GoesOn
        );

    /// <param name="goesOn">Whether perhaps nobody waits to whom a failure could be told.</param>
    async Task<Rendering> Told(ReadingScript script, Func<Task<Rendering>> work, Func<bool>? goesOn = null)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (SpeechFaults.Of(e) is not null)
        {
            var refusal = SpeechFaults.Of(e)!;
            // Said once for all that need room.
            if (refusal.Code == SpeechFaults.DiskFull)
                throw new NoRoomException(e);
            Log.Failed(log, e, script.Voice.Name, script.Spoken.Length, refusal.Code);
            throw refusal;
        }
        catch (Exception e) when (e is not (RefusedException or OperationCanceledException) && goesOn?.Invoke() == true)
        {
            Log.Broke(log, e, script.Voice.Name, script.Spoken.Length);
            throw;
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Information,
            "{Voice} read {Sentences} sentences, {Characters} characters: {Sound} ms of sound in {Took:0} ms"
        )]
        public static partial void Made(
            ILogger log,
            string voice,
            int sentences,
            int characters,
            long sound,
            double took
        );

        [LoggerMessage(2, LogLevel.Warning, "{Voice} could not read {Characters} characters: {Code}")]
        public static partial void Failed(ILogger log, Exception exception, string voice, int characters, string code);

        [LoggerMessage(3, LogLevel.Error, "Reading {Characters} characters by {Voice} broke off")]
        public static partial void Broke(ILogger log, Exception exception, string voice, int characters);
    }
}
