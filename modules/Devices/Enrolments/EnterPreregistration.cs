using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A technician enters the list he has looked at: every place is signed for the key that is expected there, all in one
/// transaction or nothing. From then on such a speaker is claimed when it introduces itself.
/// </summary>
sealed class EnterPreregistration(
    DevicesDb db,
    Sight sight,
    IUnits units,
    ShowPreregistration show,
    PlanPreregistration plan,
    PlacementSigning signing,
    ClaimPreregistered claim,
    BulkWriteLock lane,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Placements">Signed by the technician's browser in the order of the lines; nothing where the root is at hand.</param>
    public record Request([Prose, MaxLength(4_000_000)] string? Placements = null);

    public record Response(Guid Id, int Entered, int Unchanged, int Claimed);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/speakers/beforehand/{id:guid}", Post).RequireRight(DevicesRights.ClaimSpeakers);
        routes.MapPost("/speakers/beforehand/{id:guid}/placement", Offer).RequireRight(DevicesRights.ClaimSpeakers);
    }

    static async Task<PlacementTexts> Offer(Guid id, EnterPreregistration useCase, CancellationToken cancel) =>
        await useCase.Texts(id, cancel);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        EnterPreregistration useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var entered = await useCase.Run(id, input.Value, cancel);
        http.Say("beforehand.entered");
        return Answer.Done(http, $"/speakers/beforehand/{id}", entered);
    }

    public async Task<PlacementTexts> Texts(Guid id, CancellationToken cancel)
    {
        var planned = await Planned(await show.Find(id, cancel), cancel);
        return signing.Texts(planned.ToEnter.Select(l => l.Wanted!));
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var list = await show.Find(id, cancel);
        Refuse.If(list.DoneAt is not null, "beforehand.done");
        var planned = await Planned(list, cancel);
        var lines = planned.ToEnter;
        var signed = await signing.Sign([.. lines.Select(l => l.Wanted!)], request.Placements, cancel);
        var tree = await units.Today(cancel);
        await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        await Enter(lines, signed, tree, cancel);
                        var done = await db.Preregistrations.FirstAsync(p => p.Id == id, cancel);
                        Refuse.If(done.DoneAt is not null, "beforehand.done");
                        (done.DoneAt, done.Speakers, done.Text) = (clock.Moment(), lines.Count, "");
                        return true;
                    },
                    cancel
                ),
            cancel
        );
        var claimed = await claim.Waiting([.. lines.Select(l => l.Wanted!.Kid)], cancel);
        return new(id, lines.Count, planned.Count(LineOutcome.Unchanged), claimed);
    }

    async Task<PreregistrationPlan> Planned(Preregistration list, CancellationToken cancel)
    {
        var planned = await plan.Run(list, cancel);
        Refuse.If(planned.Faults.Count > 0, "beforehand.faults", planned.Faults.Count);
        return planned;
    }

    async Task Enter(
        IReadOnlyList<PreregistrationLine> lines,
        IReadOnlyList<SignedPlacement> signed,
        UnitTree tree,
        CancellationToken cancel
    )
    {
        var now = clock.Moment();
        var batch = new CaseBatch(db);
        var known = lines.Where(l => l.Outcome == LineOutcome.KeyAdded).Select(l => l.Speaker).ToHashSet();
        await batch.Take(SpeakerProcedure.Definition, known, cancel);
        var cases = new List<Case>(lines.Count);
        foreach (var (line, placement) in lines.Zip(signed))
        {
            var actor = sight.Demand(DevicesRights.ClaimSpeakers, line.Unit);
            var deed = new Deed(Fields(line, placement));
            cases.Add(
                known.Contains(line.Speaker)
                    ? batch.Move(line.Speaker, SpeakerProcedure.Expect, deed, actor, now)
                    : batch.Open(
                        SpeakerProcedure.Definition,
                        line.Speaker,
                        line.Unit,
                        SpeakerProcedure.Register,
                        deed,
                        actor,
                        now
                    )
            );
        }
        await batch.Save(cancel);
        await RenewRows(cases, known, tree, cancel);
    }

    /// <summary>The rows that lists and the gateway read, renewed from the acts just stored.</summary>
    async Task RenewRows(List<Case> cases, HashSet<Guid> known, UnitTree tree, CancellationToken cancel)
    {
        var speakers = new Dictionary<Guid, Speaker>();
        var expected = new Dictionary<Guid, PreregisteredKey>();
        foreach (var some in known.Chunk(500))
        {
            foreach (var speaker in await db.Speakers.Where(s => some.Contains(s.Id)).ToListAsync(cancel))
                speakers[speaker.Id] = speaker;
            foreach (var key in await db.PreregisteredKeys.Where(e => some.Contains(e.SpeakerId)).ToListAsync(cancel))
                expected[key.SpeakerId] = key;
        }
        foreach (var folded in cases)
        {
            if (speakers.TryGetValue(folded.Id, out var speaker))
                speaker.Take(folded, tree);
            else
                db.Add(Speaker.Of(folded, tree));
            if (!expected.TryGetValue(folded.Id, out var key))
                db.Add(key = new PreregisteredKey { SpeakerId = folded.Id });
            key.Take(folded);
        }
        await db.SaveChangesAsync(cancel);
    }

    static JsonObject Fields(PreregistrationLine line, SignedPlacement placement)
    {
        var fields = PreregisteredKey.Fields(line.Wanted!.Kid, line.Wanted.Version, placement);
        if (line.Outcome == LineOutcome.New)
            fields["serial"] = line.Serial;
        (fields["name"], fields["vendor"]) = (line.Name, line.Vendor);
        (fields["model"], fields["horns"]) = (line.Model, line.Horns);
        return fields;
    }
}
