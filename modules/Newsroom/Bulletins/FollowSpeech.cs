using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Voices;
using Loa.Papers;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author follows how a text is read aloud, and hears each sentence as soon as it is.</summary>
sealed class FollowSpeech(RenderingJobs jobs, RenderingCache cache, SentenceStore sentences, TimeProvider clock)
    : IUseCase
{
    // A page asks again; meanwhile no proxy takes the silence for death.
    static readonly TimeSpan longestLook = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bulletins/preview/{key}/progress", Get).RequireRight(NewsroomRights.WriteBulletins);
        routes.MapGet("/bulletins/sentences/{key}", Hear).RequireRight(NewsroomRights.WriteBulletins);
    }

    static async Task<IResult> Get(
        string key,
        int? seen,
        FollowSpeech useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        return http.Request.IsPartial()
            ? UiModule.Show<SpeechProgress>(new { Key = key, Seen = seen ?? 0 })
            : TypedResults.Ok(await useCase.Run(key, seen ?? 0, cancel));
    }

    // The key is known only to whom the words are known.
    static PhysicalFileHttpResult Hear(string key, SentenceStore sentences) =>
        TypedResults.PhysicalFile(
            (sentences.Find(key) ?? throw new MissingException("sound")).Air,
            "audio/ogg",
            enableRangeProcessing: true
        );

    /// <summary>As soon as more is done than was seen, or after a while.</summary>
    public async Task<SpeechNow> Run(string key, int seen, CancellationToken cancel)
    {
        if (!PaperStore.IsDigest(key))
            throw new MissingException("sound");
        using var visit = jobs.Find(key, RenderingJobs.BetweenLooks);
        if (visit is not null)
            return await Look(visit.Job, seen, cancel);
        return await cache.Find(key, cancel) is { } made ? Over(made, []) : new(key, 0, [], null, null);
    }

    public async Task<SpeechNow> Look(RenderingJob job, int seen, CancellationToken cancel)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(job.Beyond(seen, look.Token), Task.Delay(longestLook, clock, look.Token));
        await look.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        // What broke it off is told to who looks.
        return job.Whole.IsCompleted
            ? Over(await job.Whole, job.Script.Lines)
            : new(
                job.Script.Key,
                job.Done,
                LinesOf(job.Script.Lines, (_, n) => job.SoundOf(n) is not null),
                null,
                null
            );
    }

    /// <summary>A text that is read: the whole, and its sentences as far as they are kept.</summary>
    public SpeechNow Over(Rendering made, IReadOnlyList<ReadingLine> lines) =>
        new(
            made.Key,
            lines.Count,
            LinesOf(lines, (line, _) => sentences.LengthOf(line.Key) is not null),
            BulletinSound.Of(made),
            $"/bulletins/preview/{made.Key}"
        );

    static IReadOnlyList<SpokenLine> LinesOf(
        IReadOnlyList<ReadingLine> lines,
        Func<ReadingLine, int, bool> canBeHeard
    ) =>
        [
            .. lines.Select(
                (line, n) =>
                    new SpokenLine(
                        line.Text,
                        canBeHeard(line, n) ? $"/bulletins/sentences/{line.Key}" : null,
                        (long)ReadingScript.SilenceAfter(line).TotalMilliseconds
                    )
            ),
        ];
}
