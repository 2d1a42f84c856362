using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Voices;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author opens the page on which a bulletin is written or changed.</summary>
sealed class OpenEditor(Cases<Bulletin> cases, VoiceCatalog voices, Sight sight) : IUseCase
{
    /// <param name="Id">Given to a new bulletin before it is sent, so that sending twice writes one.</param>
    /// <param name="Acts">0 for a new one.</param>
    /// <param name="SentBack">Why it was sent back, when it was.</param>
    /// <param name="Units">Where he may write for, when there is a choice.</param>
    public record Response(
        Guid Id,
        int Acts,
        string Title,
        string Text,
        string Voice,
        int Pace,
        AirClass Class,
        IReadOnlyList<Choice> Voices,
        IReadOnlyList<Choice> Paces,
        IReadOnlyList<Choice> Units,
        ActDone? SentBack = null
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bulletins/new", New).RequireRight(NewsroomRights.WriteBulletins);
        routes.MapGet("/bulletins/{id:guid}/edit", Edit).RequireRight(NewsroomRights.WriteBulletins);
    }

    static IResult New() => UiModule.Show<EditorPage>(new { Id = (Guid?)null });

    static IResult Edit(Guid id) => UiModule.Show<EditorPage>(new { Id = (Guid?)id });

    public Response Run() =>
        new(
            Guid.CreateVersion7(),
            0,
            "",
            "",
            voices.All[0].Name,
            voices.PaceOf(null).SyllablesPerMinute,
            AirClass.Ordinary,
            Voices,
            Paces(voices.PaceOf(null)),
            Units
        );

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        await cases.Demand(BulletinProcedure.Edit, bulletin, null, cancel);
        var pace = voices.PaceOf(bulletin.Pace);
        return new(
            id,
            bulletin.Case.Seq,
            bulletin.Title,
            bulletin.Text,
            bulletin.Voice,
            pace.SyllablesPerMinute,
            bulletin.Class,
            Voices,
            Paces(pace),
            [],
            bulletin.Case.State == BulletinProcedure.Returned
                ? (await cases.Last(bulletin, BulletinProcedure.Return, cancel))?.Act
                : null
        );
    }

    // The province's own pace and the bulletin's stand among the usual three.
    IReadOnlyList<Choice> Paces(ReadingPace own) =>
        [
            .. new[]
            {
                ReadingPace.Slow,
                ReadingPace.Usual,
                ReadingPace.Quick,
                voices.PaceOf(null).SyllablesPerMinute,
                own.SyllablesPerMinute,
            }
                .Distinct()
                .Order()
                .Select(n => new Choice($"{n}", Words.Get(PaceWords.GetValueOrDefault(n, "desk.pace.other"), n))),
        ];

    static readonly Dictionary<int, string> PaceWords = new()
    {
        [ReadingPace.Slow] = "desk.pace.slow",
        [ReadingPace.Usual] = "desk.pace.usual",
        [ReadingPace.Quick] = "desk.pace.quick",
    };

    IReadOnlyList<Choice> Voices => [.. voices.All.Select(v => new Choice(v.Name, Words.Get(v.LabelKey)))];

    IReadOnlyList<Choice> Units =>
        [
            .. sight
                .Over(NewsroomRights.WriteBulletins)
                .Roots.Select(u => new Choice(u.ToString(), sight.Tree.NameOf(u))),
        ];
}
