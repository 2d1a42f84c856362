using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Timetables;

/// <summary>Sends speakers their timetables, each with the releases and delegations that it takes to believe it.</summary>
sealed class TimetableDispatch(Lines lines, IOptions<GatewayOptions> options)
{
    public async Task Send(DevicesDb db, IReadOnlyList<DesiredTimetable> timetables, CancellationToken cancel)
    {
        DesiredTimetable[] reachable = [.. timetables.Where(t => lines.IsConnected(t.SpeakerId))];
        if (reachable.Length == 0)
            return;
        string[] digests = [.. reachable.SelectMany(t => t.ReleaseList).Distinct(StringComparer.Ordinal)];
        var releases =
            digests.Length == 0
                ? []
                : await db
                    .Releases.AsNoTracking()
                    .Where(r => digests.Contains(r.Digest))
                    .ToDictionaryAsync(r => r.Digest, StringComparer.Ordinal, cancel);
        foreach (var timetable in reachable)
            lines.Say(timetable.SpeakerId, AirTopic.InTimetable, Message(timetable, releases).ToBytes());
    }

    TimetableMessage Message(DesiredTimetable timetable, Dictionary<string, HeldRelease> all)
    {
        HeldRelease[] releases = [.. timetable.ReleaseList.Select(digest => all[digest])];
        return new(
            timetable.Jws,
            [.. releases.Select(r => r.Jws)],
            [
                .. releases
                    .SelectMany(r => r.DelegationList)
                    .Prepend(timetable.Delegation)
                    .Distinct(StringComparer.Ordinal),
            ],
            options.Value.MediaUrl
        );
    }
}
