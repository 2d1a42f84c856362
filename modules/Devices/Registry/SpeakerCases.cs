using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>Acts on a speaker, each with the rows that lists, counts and the gateway read.</summary>
static class SpeakerCases
{
    public static Task<Case> Open(
        this DevicesDb db,
        UnitTree tree,
        Guid id,
        Guid unitId,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    ) =>
        db.Atomically(
            async () =>
            {
                var folded = await db.Open(
                    SpeakerProcedure.Definition,
                    id,
                    unitId,
                    SpeakerProcedure.Register,
                    deed,
                    actor,
                    at,
                    cancel
                );
                db.Add(Speaker.Of(folded, tree));
                await TakePreregistered(db, folded, cancel);
                await db.SaveChangesAsync(cancel);
                return folded;
            },
            cancel
        );

    public static Task<Case> Move(
        this DevicesDb db,
        UnitTree tree,
        Guid id,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel,
        Guid? toUnit = null
    ) =>
        db.Atomically(
            async () =>
            {
                var folded = await db.Move(SpeakerProcedure.Definition, id, move, deed, actor, at, cancel, toUnit);
                var speaker = await db.Speakers.FirstAsync(s => s.Id == id, cancel);
                speaker.Take(folded, tree);
                await TakeKey(db, folded, cancel);
                await TakePreregistered(db, folded, cancel);
                await db.SaveChangesAsync(cancel);
                return folded;
            },
            cancel
        );

    internal static async Task TakePreregistered(DevicesDb db, Case folded, CancellationToken cancel)
    {
        var expected = await db.PreregisteredKeys.FindAsync([folded.Id], cancel);
        if (folded.State != SpeakerStates.Registered || folded.Text("expected_kid").Length == 0)
        {
            if (expected is not null)
                db.Remove(expected);
            return;
        }
        if (expected is null)
            db.Add(expected = new PreregisteredKey { SpeakerId = folded.Id });
        expected.Take(folded);
    }

    static async Task TakeKey(DevicesDb db, Case folded, CancellationToken cancel)
    {
        var key = await db.Keys.FindAsync([folded.Id], cancel);
        if (folded.State != SpeakerStates.Enrolled)
        {
            if (key is not null)
                db.Remove(key);
            return;
        }
        if (key is null)
            db.Add(key = new SpeakerKey { SpeakerId = folded.Id });
        key.Take(folded);
    }
}
