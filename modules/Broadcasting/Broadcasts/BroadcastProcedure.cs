using Loa.Cases;
using Loa.Contracts.Broadcasting;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>The life of a broadcast: a leader orders it, and it is stopped or withdrawn before its time runs out, or not.</summary>
static class BroadcastProcedure
{
    public const string Order = "order";
    public const string Stop = "stop";

    /// <summary>Why it was stopped, said afterwards.</summary>
    public const string Explain = "explain";

    /// <summary>The bulletin was taken back, and this order with it.</summary>
    public const string Withdraw = "withdraw";

    public const string Ordered = "ordered";
    public const string Stopped = "stopped";
    public const string Withdrawn = "withdrawn";

    // As people see what is still ordered: played by all that were to, by none in its time, or by none and none will.
    public const string Over = "over";
    public const string Expired = "expired";
    public const string Failed = "failed";

    /// <summary>The field of the units that own it besides that of its case.</summary>
    public const string Owners = "owners";

    /// <summary>The field of the one time at which it is heard.</summary>
    public const string Occurrence = "occurrence";

    public static readonly Procedure Definition = new(
        BroadcastNames.Procedure,
        version: 1,
        titleField: "title",
        fields:
        [
            new("title", FieldKind.Text, 200, Searched: true),
            new("bulletin", FieldKind.Text, 36),
            new("class", FieldKind.Text, 20),
            new("units", FieldKind.Texts, 100_000),
            new("start", FieldKind.Number),
            new("until", FieldKind.Number),
            new("duration_ms", FieldKind.Number),
            new("release", FieldKind.Text, 64),
            new(Owners, FieldKind.Texts, 100_000),
            new(Occurrence, FieldKind.Text, 36),
        ],
        moves:
        [
            new(Order, [], Ordered)
            {
                Effect = AnnounceChange,
                Sets =
                [
                    "title",
                    "bulletin",
                    "class",
                    "units",
                    "start",
                    "until",
                    "duration_ms",
                    "release",
                    Owners,
                    Occurrence,
                ],
                Needs = ["title", "bulletin", "class", "units", "start", "until", "duration_ms", "release"],
            },
            new(Stop, [Ordered], Stopped) { Right = BroadcastingRights.OrderBroadcasts, Effect = AnnounceStop },
            new(Explain, [Stopped], null) { Right = BroadcastingRights.OrderBroadcasts, NeedsComment = true },
            new(Withdraw, [Ordered], Withdrawn) { NeedsComment = true, Effect = AnnounceChange },
        ]
    )
    {
        SeenBy = BroadcastingRights.SeeBroadcasts,
        KindField = "class",
    };

    /// <summary>By which act it stands as it does; what was said of it afterwards is its reason.</summary>
    /// <param name="acts">The first first.</param>
    public static ActDone TurnOf(IReadOnlyList<ActDone> acts)
    {
        var turn = acts.Last(act => act.Move != Explain);
        return acts[^1] is { Move: Explain, Comment: var why } ? turn with { Comment = why } : turn;
    }

    static Task AnnounceStop(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        db.Announce(
            new BroadcastEnded(after.Id, Guid.Parse(after.Text("bulletin")), BroadcastEnding.Stopped, act.At)
            {
                OfficerId = act.OfficerId,
                By = act.By,
            }
        );
        return AnnounceChange(db, after, act, cancel);
    }

    // Speakers follow what is on the air, and so do open pages.
    static Task AnnounceChange(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        db.Announce(new TimetableChanged(after.Id, [.. after.Texts("units").Select(Guid.Parse)]));
        return Task.CompletedTask;
    }
}
