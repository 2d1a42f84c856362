using Loa.Air;
using Loa.Devices.Registry;

namespace Loa.Devices.Gateway;

/// <summary>A speaker says what it holds and does.</summary>
sealed class StateReport(Guid speaker, DateTimeOffset at, StateMessage state) : Report(speaker, at)
{
    public override ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        of.LastSeen = At;
        (of.Volume, of.Playing) = (state.Volume, state.Playing);
        of.Firmware = state.Firmware ?? of.Firmware;
        of.StorageFree = state.StorageFree ?? of.StorageFree;
        (of.Software, of.Configuration) = (state.Software, state.Configuration);
        of.TimetableHeld = state.Timetable ?? 0;
        of.PlacementHeld = state.Placement ?? 0;
        of.RevocationsHeld = state.Revocations ?? 0;
        batch.Compare.Add(Speaker);
        // It keeps records that are stored already, or has more than it sent.
        if (state.Records is { } records && records != of.RecordSeq)
            batch.Greet.Add(Speaker);
        if (state.Nonce is { } nonce && !batch.IsOld(Speaker))
            batch.Introduce(Speaker, nonce);
        return ValueTask.CompletedTask;
    }
}
