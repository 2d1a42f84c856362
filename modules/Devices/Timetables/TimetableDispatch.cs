using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Timetables;

/// <summary>Sends speakers their timetables, each with the releases and delegations that it takes to believe it.</summary>
sealed class TimetableDispatch(IDirectory directory, IOptions<GatewayOptions> options)
{
    public async Task Send(DevicesDb db, IReadOnlyList<DesiredTimetable> timetables, CancellationToken cancel)
    {
        var connected = await directory.Find([.. timetables.Select(t => t.SpeakerId)], cancel);
        DesiredTimetable[] reachable = [.. timetables.Where(t => connected.ContainsKey(t.SpeakerId))];
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
        await directory.Say(
            [.. reachable.Select(t => new Saying(t.SpeakerId, AirTopic.InTimetable, Message(t, releases).ToBytes()))],
            cancel
        );
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
