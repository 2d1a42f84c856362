using Loa.Air;
using Loa.Devices.Registry;

namespace Loa.Devices.Gateway;

/// <summary>A speaker says what it holds and does.</summary>
sealed class StateReport(Guid speaker, DateTimeOffset at, StateMessage state) : Report(speaker, at)
{
    public override ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        of.LastSeen = At;
        of.Tells(state.Volume);
        of.Playing = state.Playing;
        of.Firmware = state.Firmware ?? of.Firmware;
        of.StorageFree = state.StorageFree ?? of.StorageFree;
        (of.Software, of.Configuration) = (state.Software, state.Configuration);
        of.TimetableHeld = Held(state.Timetable);
        of.PlacementHeld = Held(state.Placement);
        of.RevocationsHeld = Held(state.Revocations);
        of.Can = state.Can is null ? null : string.Join(' ', state.Can);
        batch.Compare.Add(Speaker);
        // It keeps records that are stored already, or has more than it sent.
        if (state.Records is { } records && records != of.RecordSeq)
            batch.Greet.Add(Speaker);
        if (state.Nonce is { } nonce && !batch.IsOld(Speaker))
            batch.Introduce(Speaker, nonce);
        return ValueTask.CompletedTask;
    }

    // The next version is made from it: a number that leaves no next one was never told to anybody.
    static long Held(long? version) => version is >= 0 and < 1L << 53 ? version.Value : 0;
}
