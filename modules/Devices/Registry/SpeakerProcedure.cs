using Loa.Cases;
using Loa.Contracts.Devices;

namespace Loa.Devices.Registry;

/// <summary>The states of a speaker's place.</summary>
static class SpeakerStates
{
    /// <summary>It is known to stand there; it has no key of its own.</summary>
    public const string Registered = "registered";

    /// <summary>It has a key and a signed place.</summary>
    public const string Enrolled = "enrolled";

    public const string Retired = "retired";
}

/// <summary>What can be done to a speaker, from the day it is put up to the day it is taken down.</summary>
static class SpeakerProcedure
{
    public const string Own = "own";

    public const string Register = "register";

    /// <summary>A key was named for it beforehand, and its place is signed for that key.</summary>
    public const string Expect = "expect";
    public const string Claim = "claim";
    public const string Move = "move";

    /// <summary>Somebody nearby looks after it and is called when it is silent.</summary>
    public const string Entrust = "entrust";
    public const string ReplaceBoard = "replace-board";

    /// <summary>The board was stolen or lies: its key opens nothing any more, here or anywhere in the province.</summary>
    public const string RevokeKey = "revoke-key";
    public const string Command = "command";
    public const string Retire = "retire";
    public const string Restore = "restore";

    static readonly string[] key = ["kid", "jwk", "placement", "placement_version", "delegations"];
    static readonly string[] expected =
    [
        "expected_kid",
        "expected_placement",
        "expected_version",
        "expected_delegations",
    ];
    static readonly string[] caretaker = ["caretaker", "caretaker_phone"];
    static readonly string[] board = ["serial", "model", "horns", "firmware"];

    public static readonly Procedure Definition = new(
        SpeakerNames.Procedure,
        version: 1,
        titleField: "name",
        fields:
        [
            new("serial", FieldKind.Text, 64, Searched: true),
            new("name", FieldKind.Text, 120),
            new("vendor", FieldKind.Text, 60),
            new("model", FieldKind.Text, 64),
            new("firmware", FieldKind.Text, 64),
            new("horns", FieldKind.Number),
            new("lat", FieldKind.Decimal),
            new("lon", FieldKind.Decimal),
            new("made_up", FieldKind.Flag),
            new("kid", FieldKind.Text, 43),
            new("jwk", FieldKind.Json, 300),
            new("placement", FieldKind.Text, 16 * 1024),
            new("placement_version", FieldKind.Number),
            new("delegations", FieldKind.Texts, 64 * 1024),
            new("command", FieldKind.Json, 1000),
            new("expected_kid", FieldKind.Text, 43),
            new("expected_placement", FieldKind.Text, 16 * 1024),
            new("expected_version", FieldKind.Number),
            new("expected_delegations", FieldKind.Texts, 64 * 1024),
            new("caretaker", FieldKind.Text, 120),
            new("caretaker_phone", FieldKind.Text, 20),
        ],
        moves:
        [
            new(Register, [], SpeakerStates.Registered)
            {
                Sets = ["serial", "name", "vendor", "model", "horns", "lat", "lon", "made_up", .. expected],
                Needs = ["serial", "name", "vendor", "horns"],
            },
            new(Expect, [SpeakerStates.Registered], null)
            {
                Sets = ["name", "vendor", "model", "horns", .. expected],
                Needs = ["expected_kid", "expected_placement"],
            },
            new(Claim, [SpeakerStates.Registered], SpeakerStates.Enrolled)
            {
                Sets = [.. key, .. board, .. expected],
                Needs = ["kid", "jwk", "placement"],
                Effect = Announce(id => new SpeakerClaimed(id)),
            },
            new(Move, [SpeakerStates.Registered, SpeakerStates.Enrolled], null)
            {
                Sets =
                [
                    "name",
                    "lat",
                    "lon",
                    "placement",
                    "placement_version",
                    "delegations",
                    .. expected,
                    .. caretaker,
                ],
                Effect = Announce(id => new SpeakerMoved(id)),
            },
            new(Entrust, [SpeakerStates.Registered, SpeakerStates.Enrolled], null) { Sets = caretaker },
            new(ReplaceBoard, [SpeakerStates.Enrolled], SpeakerStates.Enrolled)
            {
                Sets = [.. key, .. board, .. expected],
                Needs = ["kid", "jwk", "placement"],
                Effect = Announce(id => new BoardReplaced(id)),
            },
            new(RevokeKey, [SpeakerStates.Enrolled], SpeakerStates.Registered)
            {
                Sets = key,
                NeedsComment = true,
                Effect = Announce(id => new SpeakerKeyRevoked(id)),
            },
            new(Command, [SpeakerStates.Enrolled], null) { Sets = ["command"], Needs = ["command"] },
            new(Retire, [SpeakerStates.Registered, SpeakerStates.Enrolled], SpeakerStates.Retired)
            {
                NeedsComment = true,
                Effect = Announce(id => new SpeakerRetired(id)),
            },
            new(Restore, [SpeakerStates.Retired], SpeakerStates.Registered) { Sets = key },
        ]
    );

    /// <summary>The state in which these moves, the first first, leave a place; null before there was any.</summary>
    public static string? StateAfter(IEnumerable<string> moves) =>
        moves.Select(move => Definition.Moves.Single(m => m.Name == move).To).LastOrDefault(state => state is not null);

    // What others, and the gateway, hear of an act: in the same transaction, so that no crash comes between.
    static Effect Announce<TNews>(Func<Guid, TNews> news)
        where TNews : notnull =>
        (db, after, _, _) =>
        {
            db.Announce(news(after.Id));
            return Task.CompletedTask;
        };
}
