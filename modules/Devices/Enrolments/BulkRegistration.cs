using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>Registers all speakers of a list: the acts of each and the rows made from them, together or not at all.</summary>
sealed class BulkRegistration(DevicesDb db, Sight sight, IUnits units, BulkWriteLock lane, TimeProvider clock)
{
    public async Task Store(
        Guid list,
        IReadOnlyList<PreregistrationLine> lines,
        IReadOnlyList<SignedPlacement> signed,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        await Enter(lines, signed, tree, cancel);
                        var done = await db.Preregistrations.FirstAsync(p => p.Id == list, cancel);
                        Refuse.If(done.DoneAt is not null, "beforehand.done");
                        (done.DoneAt, done.Speakers, done.Text) = (clock.Moment(), lines.Count, "");
                        return true;
                    },
                    cancel
                ),
            cancel
        );
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
