using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>Answers how a speaker stood at a moment, from its acts and from what its line told.</summary>
sealed class SpeakersThen(DevicesDb db) : ISpeakersThen
{
    public async ValueTask<SpeakerThen?> At(Guid id, DateTimeOffset moment, CancellationToken cancel)
    {
        var speaker = await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        if (speaker is null)
            return null;
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => a.CaseId == id && a.At <= moment && a.Move != SpeakerProcedure.Command)
            .OrderBy(a => a.Seq)
            .Select(a => new { a.Move, a.UnitId })
            .ToListAsync(cancel);
        var line = await db
            .Signals.AsNoTracking()
            .Where(s => s.SpeakerId == id && s.Kind == SignalKind.Presence && s.At <= moment)
            .OrderByDescending(s => s.At)
            .ThenByDescending(s => s.Position)
            .Select(s => s.To)
            .FirstOrDefaultAsync(cancel);
        return new(
            id,
            speaker.Name,
            speaker.UnitId,
            acts.Count > 0 ? acts[^1].UnitId : speaker.UnitId,
            SpeakerProcedure.StateAfter(acts.Select(a => a.Move)) == SpeakerStates.Enrolled,
            line is null ? null : line == PresenceSignal.Online
        );
    }
}
