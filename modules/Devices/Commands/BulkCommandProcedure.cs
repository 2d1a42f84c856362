using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;

namespace Loa.Devices.Commands;

/// <summary>One order to many speakers: who ordered what for whom stands in the ledger, each speaker's part beside it.</summary>
static class BulkCommandProcedure
{
    public const string Order = "order";
    public const string Cancel = "cancel";

    /// <summary>Somebody took back what waited within his reach; the rest goes on.</summary>
    public const string CancelPart = "cancel-part";

    public const string Ordered = "ordered";
    public const string Cancelled = "cancelled";

    public static readonly Procedure Definition = new(
        "command-job",
        version: 1,
        titleField: "command_name",
        fields:
        [
            new("command_name", FieldKind.Text, 40),
            new("command_args", FieldKind.Json, 1000),
            new("selection", FieldKind.Text, 300, Searched: true),
            new("speakers", FieldKind.Number),
            new("speakers_digest", FieldKind.Text, 64),
            new("retry_of", FieldKind.Text, 36),
        ],
        moves:
        [
            new(Order, [], Ordered)
            {
                Sets = ["command_name", "command_args", "selection", "speakers", "speakers_digest", "retry_of"],
                Needs = ["command_name", "command_args", "speakers", "speakers_digest"],
            },
            new(Cancel, [Ordered], Cancelled),
            new(CancelPart, [Ordered], Ordered),
        ]
    )
    {
        TitleWords = "command.",
    };

    public static JsonObject Patch(
        CommandOrder order,
        string selection,
        IReadOnlyCollection<Guid> speakers,
        Guid? retryOf
    )
    {
        var patch = new JsonObject
        {
            ["command_name"] = order.Entry.Name,
            ["command_args"] = JsonNode.Parse(SentCommand.Write(order.Args)),
            ["selection"] = selection.Length <= 300 ? selection : selection[..300],
            ["speakers"] = speakers.Count,
            ["speakers_digest"] = DigestOf(speakers),
        };
        if (retryOf is { } job)
            patch["retry_of"] = job.ToString();
        return patch;
    }

    /// <summary>What was ordered, read from its case.</summary>
    public static CommandOrder OrderOf(Case job) =>
        new(
            CommandCatalog.Find(job.Title)!,
            JsonSerializer.Deserialize(job.Fields["command_args"].ToJsonString(), AirJson.Default.CommandArgs)!
        );

    // The list itself is long; its digest binds it to the act.
    static string DigestOf(IEnumerable<Guid> speakers) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.ASCII.GetBytes(
                    string.Join('\n', speakers.Select(s => s.ToString()).Order(StringComparer.Ordinal))
                )
            )
        );
}
