using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>One bulletin: what it says, how it sounds, what was done to it, and what whoever looks may do now.</summary>
sealed class ShowBulletin(Cases<Bulletin> cases, ITrust trust, IOnAir onAir, Sight sight) : IUseCase
{
    public record Released(string Digest, IReadOnlyList<Guid> Units, DateTimeOffset ValidFrom, DateTimeOffset ValidTo);

    /// <summary>Why it was sent back, and what it said then.</summary>
    public record SentBack(ActDone Act, string Title, string Text);

    /// <param name="SentBack">The last time that it was sent back, while it is mended and judged again.</param>
    /// <param name="Acts">The acts so far: what the next move sends as "seen".</param>
    /// <param name="Unsaid">The letters and figures of the text that no voice will say.</param>
    /// <param name="Moves">The moves that whoever asks may make now.</param>
    /// <param name="SpeaksItself">It has no sound, and whoever looks has just written it: it is read aloud without being asked.</param>
    /// <param name="Keys">The ids of his own keys by which he may sign, when he may approve.</param>
    /// <param name="OnAir">The speakers that fall silent when it is withdrawn; counted for who may do that.</param>
    public record Response(
        Guid Id,
        string Title,
        string Text,
        string Voice,
        AirClass Class,
        string State,
        Guid Unit,
        string UnitName,
        int Acts,
        BulletinSound? Sound,
        IReadOnlyList<string> Unsaid,
        Released? Release,
        SentBack? SentBack,
        IReadOnlyList<ActDone> History,
        IReadOnlyList<string> Moves,
        bool SpeaksItself,
        IReadOnlyList<string> Keys,
        bool MayOrder,
        int OnAir
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bulletins/{id:guid}", Show).RequireRight(NewsroomRights.SeeBulletins);
        routes.MapGet("/api/bulletins/{id:guid}", Get).RequireRight(NewsroomRights.SeeBulletins);
    }

    static IResult Show(Guid id) => UiModule.Show<BulletinPage>(new { Id = id });

    static async Task<Ok<Response>> Get(Guid id, ShowBulletin useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(id, cancel));

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        var moves = await cases.MovesOf(bulletin, cancel);
        var acts = await cases.History(bulletin, cancel, count: bulletin.Case.Seq);
        return new(
            id,
            bulletin.Title,
            bulletin.Text,
            bulletin.Voice,
            bulletin.Class,
            bulletin.Case.State!,
            bulletin.UnitId,
            sight.Tree.NameOf(bulletin.UnitId),
            bulletin.Case.Seq,
            bulletin.Sound,
            Reading.Read(bulletin.Text).Unsaid,
            ReleaseOf(bulletin.Case),
            await SentBackOf(bulletin, cancel),
            [.. acts.Acts.Reverse()],
            moves,
            bulletin.Sound is null
                && moves.Contains(BulletinProcedure.Speak)
                && acts.Acts[0].By == sight.Demand(NewsroomRights.WriteBulletins, bulletin.UnitId).Name,
            moves.Contains(BulletinProcedure.Approve)
                ? await trust.KeysOf(sight.OfficerId!.Value, "release", cancel)
                : [],
            bulletin.Case.State == BulletinProcedure.Approved && sight.May(BroadcastingRights.OrderBroadcasts),
            moves.Contains(BulletinProcedure.Withdraw) ? await onAir.SpeakersOf(id, cancel) : 0
        );
    }

    async Task<SentBack?> SentBackOf(Bulletin bulletin, CancellationToken cancel) =>
        bulletin.Case.State is BulletinProcedure.Returned or BulletinProcedure.Submitted
        && await cases.Last(bulletin, BulletinProcedure.Return, cancel) is var (act, then)
            ? new(act, then.Title, then.Text)
            : null;

    static Released? ReleaseOf(Case bulletin) =>
        bulletin.Fields.ContainsKey("release")
            ? new(
                bulletin.Text("release"),
                [.. bulletin.Texts("units").Select(Guid.Parse)],
                DateTimeOffset.FromUnixTimeMilliseconds(bulletin.Number("valid_from")),
                DateTimeOffset.FromUnixTimeMilliseconds(bulletin.Number("valid_to"))
            )
            : null;
}
