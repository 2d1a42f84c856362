using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>On the desk: the speakers that need somebody, with the cause and since when, what failed last on top.</summary>
sealed class SpeakerDesk(DevicesDb db, SeenSpeakers seen, LatestHealth latest, FindCauses causes) : IDeskPart
{
    const string Trouble = "trouble";
    const int Technicians = 20;
    const int Others = 5;

    static readonly (Alarms Alarm, string Word)[] alarms =
    [
        (Alarms.Silent, "silent"),
        (Alarms.Soft, "soft"),
        (Alarms.ClockWrong, "clock-wrong"),
        (Alarms.StorageLow, "storage-low"),
        (Alarms.Flood, "flood"),
        (Alarms.OnBattery, "on-battery"),
        (Alarms.AmplifierOff, "amplifier-off"),
    ];

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        var sight = desk.Sight;
        if (!sight.May(DevicesRights.SeeSpeakers))
            return;
        var mayAct = sight.May(DevicesRights.ClaimSpeakers);
        var count = SpeakerGroup.ByKind(await seen.InGroups(cancel))[Trouble];
        if (mayAct)
            desk.Verbs.Add(
                count > 0
                    ? new(Words.Get("speakers.desk.look", count), "/speakers?show=trouble", "device-speaker", 30)
                    : new(Words.Get("speakers.claim"), "/speakers/claim", "plus", 30)
            );
        if (count == 0)
            return;
        var troubled = await Troubled(sight.Over(DevicesRights.SeeSpeakers), mayAct ? Technicians : Others, cancel);
        var why = await causes.Of(troubled, cancel);
        DeskRow[] rows = [.. troubled.Select(s => Row(s, why[s.Id].FirstOrDefault(), mayAct, sight))];
        desk.Trouble.Add(rows, count, Words.Get("speakers.desk.all"), "/speakers?show=trouble");
    }

    Task<List<Speaker>> Troubled(Reach reach, int most, CancellationToken cancel) =>
        new SpeakerFilter(null, Trouble)
            .Of(db.Speakers.AsNoTracking(), reach)
            .OrderByDescending(s => s.PresenceAt)
            .Take(most)
            .ToListAsync(cancel);

    DeskRow Row(Speaker speaker, ProbableCause? cause, bool mayAct, Sight sight)
    {
        var isGone = speaker.Presence <= Presence.Offline;
        return new(speaker.Name, $"/speakers/{speaker.Id}")
        {
            Note =
                isGone && cause is not null
                    ? $"{sight.Tree.PlaceOf(speaker.UnitId)} · {cause.Text}"
                    : sight.Tree.PlaceOf(speaker.UnitId),
            State = string.Join(" · ", Causes(speaker, isGone)),
            // Red is for who can do something about it.
            Tone = mayAct ? Tone.Act : Tone.Warn,
            At = isGone ? latest.LastSeen(speaker.Id, speaker.LastSeen) : speaker.RefusedAt,
        };
    }

    static IEnumerable<string> Causes(Speaker speaker, bool isGone)
    {
        if (isGone)
            yield return Words.Get("presence." + speaker.Presence);
        if (speaker.RefusedReason is { } reason)
            yield return Reasons.Of(reason);
        foreach (var (alarm, word) in alarms)
            if ((speaker.Alarms & alarm) != Alarms.None)
                yield return Words.Get("speakers.show." + word);
    }
}
