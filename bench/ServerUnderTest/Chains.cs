using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Cases;
using Loa.Devices.Commands;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.People.Officers;

namespace Loa.Bench.UnderTest;

/// <summary>A case's acts with their hashes, and its row.</summary>
sealed record Chain(IReadOnlyList<Act> Acts, CaseRow Row);

/// <summary>Cases as their procedures leave them, of each kind that a show needs by the thousand.</summary>
static class Chains
{
    static readonly JsonSerializerOptions json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // A sealed sound's picture.
    static readonly string peaks = Convert.ToBase64String(new byte[160]);

    public static Chain Bulletin(int i, Guid unit, DateTimeOffset at, InventedWords words)
    {
        var id = Guid.CreateVersion7();
        var text = words.Text(i);
        var digest = Convert.ToHexStringLower(id.ToByteArray()).PadRight(64, '0');
        List<(string, JsonObject, string?)> moves =
        [
            (
                BulletinProcedure.Write,
                new()
                {
                    ["title"] = $"Bản tin số {i}",
                    ["text"] = text,
                    ["voice"] = "vi",
                    ["class"] = "ordinary",
                },
                null
            ),
            (
                BulletinProcedure.Speak,
                new()
                {
                    ["audio"] = digest,
                    ["length"] = 60_000,
                    ["master"] = digest,
                    ["duration_ms"] = 50_000,
                    ["loudness"] = -16.0,
                    ["true_peak"] = -2.0,
                    ["peaks"] = peaks,
                    ["spoken"] = text,
                },
                null
            ),
        ];
        if (i % 10 > 0)
            moves.Add((BulletinProcedure.Submit, [], null));
        if (i % 10 > 2)
            moves.Add(
                (
                    BulletinProcedure.Approve,
                    new()
                    {
                        ["release"] = digest,
                        ["units"] = new JsonArray(unit.ToString()),
                        ["valid_from"] = at.ToUnixTimeMilliseconds(),
                        ["valid_to"] = at.AddDays(30).ToUnixTimeMilliseconds(),
                        ["delegations"] = new JsonArray(),
                    },
                    new string('s', 900)
                )
            );
        return Of(BulletinProcedure.Definition, id, unit, at, moves);
    }

    public static Chain Broadcast(Guid unit, DateTimeOffset at)
    {
        var order = new BroadcastOrder(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "Buổi phát cũ",
            AirClass.Ordinary,
            [unit],
            at,
            at.AddHours(1),
            TimeSpan.FromSeconds(50)
        );
        return Of(
            BroadcastProcedure.Definition,
            order.Id,
            unit,
            at,
            [(BroadcastProcedure.Order, order.ToPatch(new string('0', 64)), null)]
        );
    }

    public static Chain Officer(int i, Guid unit, DateTimeOffset at) =>
        Of(
            OfficerProcedure.Definition,
            Guid.CreateVersion7(),
            unit,
            at,
            [
                (
                    OfficerProcedure.Register,
                    new()
                    {
                        ["officer_name"] = string.Create(CultureInfo.InvariantCulture, $"Nguyễn Văn {i}"),
                        ["user_name"] = string.Create(CultureInfo.InvariantCulture, $"can.bo.{i}"),
                    },
                    null
                ),
                (
                    OfficerProcedure.Appoint,
                    new()
                    {
                        ["post_id"] = Guid.CreateVersion7().ToString(),
                        ["post_unit"] = unit.ToString(),
                        ["post_role"] = "author",
                        ["post_from"] = "2026-01-01",
                    },
                    null
                ),
            ]
        );

    public static Chain Job(Guid unit, DateTimeOffset at, int speakers) =>
        Of(
            BulkCommandProcedure.Definition,
            Guid.CreateVersion7(),
            unit,
            at,
            [
                (
                    BulkCommandProcedure.Order,
                    new()
                    {
                        ["command_name"] = "identify",
                        ["command_args"] = new JsonObject(),
                        ["selection"] = "Tất cả",
                        ["speakers"] = speakers,
                        ["speakers_digest"] = new string('0', 64),
                    },
                    null
                ),
            ]
        );

    static Chain Of(
        Procedure procedure,
        Guid id,
        Guid unit,
        DateTimeOffset at,
        IReadOnlyList<(string Move, JsonObject Patch, string? Signature)> moves
    )
    {
        var (standing, acts) = (Case.Unopened(procedure), new List<Act>());
        foreach (var (move, patch, signature) in moves)
        {
            acts.Add(
                new Act
                {
                    Id = Guid.CreateVersion7(),
                    CaseId = id,
                    Seq = standing.Seq + 1,
                    Procedure = procedure.Name,
                    Version = procedure.Version,
                    Move = move,
                    UnitId = unit,
                    At = at.AddSeconds(standing.Seq),
                    Actor = new ActingOfficer(id, unit, "Nguyễn Thị Lan", unit),
                    Patch = patch.ToJsonString(json),
                    Signature = signature,
                    Previous = standing.Head,
                }.Sealed()
            );
            standing = standing.After(acts[^1]);
        }
        return new(acts, CaseRow.Of(standing));
    }
}
