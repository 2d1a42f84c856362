using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Devices.Registry;

namespace Loa.Devices.Reports;

/// <summary>A speaker says what it holds and does.</summary>
sealed class StateReport(Guid speaker, DateTimeOffset at, StateMessage state) : SpeakerReport(speaker, at)
{
    protected override async ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel)
    {
        of.LastSeen = At;
        if (of.RefusedReason is not null && await HasGoneOn(batch, of, cancel))
            (of.RefusedReason, of.RefusedAt) = (null, null);
        of.Tells(state.Volume);
        of.Playing = state.Playing;
        of.Firmware = state.Firmware ?? of.Firmware;
        of.StorageFree = state.StorageFree ?? of.StorageFree;
        (of.Software, of.Configuration) = (state.Software, state.Configuration);
        of.TimetableHeld = Held(state.Timetable);
        of.PlacementHeld = Held(state.Placement);
        of.RevocationsHeld = Held(state.Revocations);
        of.RootHeld = state.Root;
        of.Can = state.Can is null ? null : string.Join(' ', state.Can);
        batch.Compare.Add(Speaker);
        // It keeps records that are stored already, or has more than it sent.
        if (state.Records is { } records && records != of.RecordSeq)
            batch.Acknowledge(Speaker);
        if (state.Nonce is { } nonce && !batch.IsOld(Speaker))
            batch.Introduce(Speaker, nonce);
    }

    public static Report? Read(ReadOnlySpan<byte> payload, Guid speaker, DateTimeOffset at, out string? fault) =>
        !StateMessage.TryRead(payload, out var state, out fault) ? null
        : state.Online ? new StateReport(speaker, at, state)
        : new GoodbyeReport(speaker, at);

    // It took a later timetable since, and of what is still to be played it refuses nothing.
    async Task<bool> HasGoneOn(ReportBatch batch, Speaker of, CancellationToken cancel) =>
        Held(state.Timetable) > of.TimetableHeld && !await batch.Part<IOpenRefusals>().Any(of.Id, At, cancel);

    // The next version is made from it: a number that leaves no next one was never told to anybody.
    static long Held(long? version) => version is >= 0 and < 1L << 53 ? version.Value : 0;
}
