using Loa.Cases;
using Loa.Contracts.Broadcasting;

namespace Loa.Broadcasting.Programmes;

/// <summary>The life of a programme: planned, put in force, changed as long as it is heard, and stopped.</summary>
static class ProgrammeProcedure
{
    public const string Name = "programme";

    public const string Plan = "plan";
    public const string Change = "change";
    public const string Begin = "begin";

    /// <summary>One time is not heard.</summary>
    public const string Skip = "skip";

    /// <summary>One time that was to be left out is heard after all, or one that was moved at its own time.</summary>
    public const string Restore = "restore";

    /// <summary>One time is heard at another.</summary>
    public const string Shift = "shift";

    /// <summary>A bulletin may not be heard any more, the rest goes on.</summary>
    public const string LeaveOut = "leave-out";
    public const string Stop = "stop";
    public const string Discard = "discard";

    /// <summary>Nothing of it may be heard any more.</summary>
    public const string Withdraw = "withdraw";

    public const string Draft = "draft";
    public const string InForce = "in-force";
    public const string Stopped = "stopped";
    public const string Withdrawn = "withdrawn";
    public const string Discarded = "discarded";

    // As people see what is still in force: its last time is over.
    public const string Over = "over";

    public const string Plans = "plans";
    public const string Units = "units";
    public const string Owners = "owners";

    static readonly string[] all = ["title", "class", Units, Plans];

    public static readonly Procedure Definition = new(
        Name,
        version: 1,
        titleField: "title",
        fields:
        [
            new("title", FieldKind.Text, 200, Searched: true),
            new("class", FieldKind.Text, 20),
            new(Units, FieldKind.Texts, 100_000),
            new(Owners, FieldKind.Texts, 100_000),
            new(Plans, FieldKind.Json, 1_000_000),
        ],
        moves:
        [
            new(Plan, [], Draft) { Sets = [.. all, Owners], Needs = all },
            Changing(Change, [Draft, InForce], null) with
            {
                Sets = all,
            },
            Changing(Begin, [Draft], InForce),
            Changing(Skip, [InForce], null),
            Changing(Restore, [InForce], null),
            Changing(Shift, [InForce], null),
            Changing(LeaveOut, [InForce], null) with
            {
                Right = null,
                NeedsComment = true,
            },
            Changing(Stop, [InForce], Stopped) with
            {
                Sets = [],
            },
            new(Withdraw, [InForce], Withdrawn) { NeedsComment = true, Effect = AnnounceChange },
            new(Discard, [Draft], Discarded) { Right = BroadcastingRights.OrderBroadcasts },
        ]
    )
    {
        SeenBy = BroadcastingRights.SeeBroadcasts,
        KindField = "class",
        OwnIn = [Draft, Discarded],
    };

    // Who may order may plan: speakers are told of both alike.
    static Move Changing(string name, string[] from, string? to) =>
        new(name, from, to)
        {
            Right = BroadcastingRights.OrderBroadcasts,
            Sets = [Plans],
            Effect = AnnounceChange,
        };

    // Where it was heard until now, and where it is from now on.
    static Task AnnounceChange(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        var programme = Programme.Of(after);
        if (after.State != Draft)
            db.Announce(
                new TimetableChanged(
                    after.Id,
                    [.. programme.Plans.TakeLast(2).SelectMany(plan => plan.Units).Distinct()]
                )
            );
        return Task.CompletedTask;
    }
}
