using Loa.Broadcasting.Timetable;
using Loa.Contracts.Devices;

namespace Loa.Broadcasting.Explain;

/// <summary>What was, or will be, heard from a speaker at a minute, and why.</summary>
/// <param name="Key">Words "minute.says.…".</param>
/// <param name="Title">Of the item, or what else sounded.</param>
/// <param name="Reason">The key of a plan's or a speaker's reason.</param>
/// <param name="By">Whose rule it is.</param>
sealed record MinuteAnswer(
    string Key,
    string? Title = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Reason = null,
    Guid? By = null,
    Guid? Broadcast = null
)
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    /// <summary>What was recorded goes before what was planned; where there is no record, how the speaker stood tells why.</summary>
    public static MinuteAnswer Of(AskedAir asked, AirMinute plan, SpeakerPast past, SpeakerThen then, bool isToCome)
    {
        var minute = plan.At;
        if (past.Plays.FirstOrDefault(p => Sounds(p, minute)) is { } sounding)
            return ByRecord(sounding.EndedAt is null ? "sounding" : "sounded", sounding) with
            {
                Reason =
                    plan.Heard is { } heard && ItemOf(asked, heard).Id == sounding.ItemId ? plan.Fate!.Because : null,
            };
        if (past.Locals.FirstOrDefault(l => l.Start < minute + Long && minute < (l.End ?? l.Start + Long)) is { } local)
            return new("local", local.Source, local.Start, local.End);
        if (plan.Heard is { } planned)
            return Planned(asked, plan, planned, past, then, isToCome);
        // Told once, and asked for by nobody any more: taken back, or stopped.
        var told = past.Plays.FirstOrDefault(p => p.Start < minute + Long && minute < p.Start + Long);
        return told is not null && KeyOf(told.Stage) is { } key ? ByRecord(key, told) : Unplanned(asked, plan);
    }

    static MinuteAnswer Planned(
        AskedAir asked,
        AirMinute plan,
        HeardStretch heard,
        SpeakerPast past,
        SpeakerThen then,
        bool isToCome
    )
    {
        var item = ItemOf(asked, heard);
        var play = past.Plays.FirstOrDefault(p => p.ItemId == item.Id);
        if (play is not null && KeyOf(play.Stage) is { } key)
            return ByRecord(key, play);
        return new(
            isToCome ? "to-come"
                : !then.IsClaimed ? "not-claimed"
                : then.IsOnline is not true ? "offline"
                : "unreported",
            item.Bulletin.Title,
            heard.From,
            heard.To,
            plan.Fate!.Because,
            plan.Fate.Policy,
            item.BroadcastId
        );
    }

    static MinuteAnswer Unplanned(AskedAir asked, AirMinute plan) =>
        plan.Fate is { } fate && asked.Items[fate.Candidate.Id][0] is var item
            ? new(
                plan.Kind == MinuteKind.LeftOut ? "left-out" : "moved",
                item.Bulletin.Title,
                fate.At,
                null,
                fate.Because,
                fate.Policy,
                item.BroadcastId
            )
            : new(
                plan.Kind switch
                {
                    MinuteKind.Closed => "closed",
                    MinuteKind.NothingAsked => "nothing",
                    _ => "outside",
                },
                null,
                plan.Stretch?.From,
                plan.Stretch?.To,
                plan.Kind == MinuteKind.Closed ? plan.Stretch?.Key : null,
                plan.Stretch?.Policy
            );

    static MinuteAnswer ByRecord(string key, PastPlay play) =>
        new(key, play.Title, play.StartedAt ?? play.Start, play.EndedAt, play.Reason, null, play.BroadcastId);

    static bool Sounds(PastPlay play, DateTimeOffset minute) =>
        play.Stage is PlayStage.Heard or PlayStage.Cut or PlayStage.Playing
        && play.StartedAt < minute + Long
        && (play.EndedAt is { } end ? minute < end : play.Stage == PlayStage.Playing);

    // What is not over is told by how the speaker stood.
    static string? KeyOf(PlayStage stage) =>
        stage switch
        {
            PlayStage.Failed => "failed",
            PlayStage.Refused => "refused",
            PlayStage.Silent => "silent",
            PlayStage.Cut or PlayStage.Stopped => "stopped",
            PlayStage.Heard => "elsewhen",
            _ => null,
        };

    static AskedItem ItemOf(AskedAir asked, HeardStretch heard) =>
        asked.Items[heard.Item.Candidate.Id][heard.Item.Part];
}
