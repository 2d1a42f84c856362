using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Newsroom.Bulletins;

/// <summary>The life of a bulletin: written, heard, sent up, returned or approved, in the end perhaps withdrawn.</summary>
static class BulletinProcedure
{
    public const int LongestTitle = 200;
    public const int LongestText = 20_000;

    public const string Draft = "draft";
    public const string Submitted = "submitted";
    public const string Returned = "returned";
    public const string Approved = "approved";
    public const string Withdrawn = "withdrawn";
    public const string Discarded = "discarded";

    /// <summary>How long a leader has for what was sent up; the project's own choice. It is in every row: to change it takes a script.</summary>
    public static readonly TimeSpan ApprovalTime = TimeSpan.FromDays(1);

    /// <summary>In the order of its life.</summary>
    public static readonly IReadOnlyList<string> States = [Draft, Submitted, Returned, Approved, Withdrawn, Discarded];

    public const string Write = "write";
    public const string Edit = "edit";
    public const string Speak = "speak";
    public const string Submit = "submit";
    public const string Return = "return";
    public const string Approve = "approve";
    public const string Withdraw = "withdraw";
    public const string Discard = "discard";
    public const string Restore = "restore";

    /// <summary>Thông tư 39/2020/TT-BTTTT: thông thường, ưu tiên, khẩn cấp.</summary>
    static readonly string[] TextFields = ["title", "text", "voice", "class"];

    /// <summary>Syllables a minute; what was written before it could be chosen has none.</summary>
    public const string Pace = "pace";

    /// <summary>All that a reading aloud sets; they come and go together.</summary>
    public static readonly string[] SoundFields =
    [
        "audio",
        "length",
        "master",
        "duration_ms",
        "loudness",
        "true_peak",
        "peaks",
        "spoken",
    ];
    static readonly string[] ReleaseFields = ["release", "units", "valid_from", "valid_to", "delegations"];

    public static readonly Procedure Definition = new(
        "bulletin",
        1,
        "title",
        [
            new("title", FieldKind.Text, LongestTitle),
            new("text", FieldKind.Text, LongestText, Searched: true),
            new("voice", FieldKind.Text, 40),
            new("class", FieldKind.Text, 20),
            new(Pace, FieldKind.Number),
            new("audio", FieldKind.Text, 64),
            new("length", FieldKind.Number),
            new("master", FieldKind.Text, 64),
            new("duration_ms", FieldKind.Number),
            new("loudness", FieldKind.Decimal),
            new("true_peak", FieldKind.Decimal),
            new("peaks", FieldKind.Text, 1_000),
            new("spoken", FieldKind.Text, 200_000),
            new("release", FieldKind.Text, 64),
            new("units", FieldKind.Texts, 20_000),
            new("valid_from", FieldKind.Number),
            new("valid_to", FieldKind.Number),
            new("delegations", FieldKind.Texts, 200_000),
        ],
        [
            new(Write, [], Draft)
            {
                Right = NewsroomRights.WriteBulletins,
                Holder = NewsroomRights.WriteBulletins,
                Sets = [.. TextFields, Pace],
                Needs = TextFields,
            },
            new(Edit, [Draft, Returned], null)
            {
                Right = NewsroomRights.WriteBulletins,
                Sets = [.. TextFields, Pace, .. SoundFields],
                Needs = TextFields,
            },
            new(Speak, [Draft, Returned], null)
            {
                Right = NewsroomRights.WriteBulletins,
                Sets = ["voice", Pace, .. SoundFields],
                Needs = SoundFields,
            },
            new(Submit, [Draft, Returned], Submitted)
            {
                Right = NewsroomRights.WriteBulletins,
                Holder = NewsroomRights.ApproveBulletins,
                Due = ApprovalTime,
                Needs = ["audio"],
                Effect = BulletinNotices.Tell,
            },
            new(Return, [Submitted], Returned)
            {
                Right = NewsroomRights.ApproveBulletins,
                Holder = NewsroomRights.WriteBulletins,
                NeedsComment = true,
                Effect = BulletinNotices.Tell,
            },
            new(Approve, [Submitted], Approved)
            {
                Right = NewsroomRights.ApproveBulletins,
                Sets = ReleaseFields,
                Needs = ReleaseFields,
                NeedsSignature = true,
                NotByMakersOf = [Write, Edit, Speak],
                Effect = BulletinNotices.Tell,
            },
            // Nobody may order it any more, and where it sounds it stops.
            new(Withdraw, [Approved], Withdrawn)
            {
                Right = NewsroomRights.ApproveBulletins,
                NeedsComment = true,
                Effect = AnnounceWithdrawal,
            },
            new(Discard, [Draft, Returned], Discarded)
            {
                Right = NewsroomRights.WriteBulletins,
                Effect = BulletinNotices.Tell,
            },
            new(Restore, [Discarded], Draft)
            {
                Right = NewsroomRights.WriteBulletins,
                Holder = NewsroomRights.WriteBulletins,
            },
        ]
    )
    {
        SeenBy = NewsroomRights.SeeBulletins,
        KindField = "class",
        // Nobody writes freely under the eyes of those above.
        OwnIn = [Draft, Discarded],
    };

    static Task AnnounceWithdrawal(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        db.Announce(new BulletinWithdrawn(after.Id, act.PostId, act.OfficerId, act.By, act.Comment!, act.At));
        return BulletinNotices.Tell(db, after, act, cancel);
    }
}
