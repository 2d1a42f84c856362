using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Loa.Vietnamese;

namespace Loa.Cases;

/// <summary>The case as it stands, for lists and search. Only a cache of the fold: the ledger can make it anew.</summary>
public sealed class CaseRow
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public required Guid Id { get; init; }
    public required string Procedure { get; init; }
    public required int Version { get; init; }
    public Guid UnitId { get; set; }
    public string State { get; set; } = "";
    public int Seq { get; set; }
    public string Head { get; set; } = "";
    public string Title { get; set; } = "";

    /// <summary>The title's place in a list by the alphabet.</summary>
    public string TitleKey { get; set; } = "";

    /// <summary>What lists are narrowed by beside unit, state and time; empty where the procedure names no such field.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Title and searched fields without diacritics, lower case.</summary>
    public string Search { get; set; } = "";

    /// <summary>JSON object of all fields, in the order of their names.</summary>
    public string Fields { get; set; } = "{}";
    public DateTimeOffset OpenedAt { get; set; }
    public Guid OpenedBy { get; set; }
    public DateTimeOffset MovedAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }

    public static CaseRow Of(Case folded)
    {
        var row = new CaseRow
        {
            Id = folded.Id,
            Procedure = folded.Procedure.Name,
            Version = folded.Procedure.Version,
        };
        row.Take(folded);
        return row;
    }

    public void Take(Case folded)
    {
        UnitId = folded.UnitId;
        State = folded.State ?? "";
        Seq = folded.Seq;
        Head = folded.Head;
        Title = folded.Title;
        TitleKey = SortKey.Of(folded.Title);
        Kind = folded.Procedure.KindField is { } field ? folded.Fields.GetValueOrDefault(field)?.ToString() ?? "" : "";
        Search = Folding.Fold(
            string.Join(
                ' ',
                folded
                    .Procedure.Fields.Where(f => f.Searched)
                    .Select(f => folded.Fields.GetValueOrDefault(f.Name)?.ToString())
                    .Prepend(folded.Title)
            )
        );
        Fields = new JsonObject(
            folded
                .Fields.OrderBy(f => f.Key, StringComparer.Ordinal)
                .Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value.DeepClone()))
        ).ToJsonString(Json);
        OpenedAt = folded.OpenedAt;
        OpenedBy = folded.OpenedBy;
        MovedAt = folded.MovedAt;
        DueAt = folded.DueAt;
    }

    /// <summary>Whether both say the same of the case; its places in lists follow from that.</summary>
    public bool SameAs(CaseRow other) =>
        (UnitId, State, Seq, Head, Title, Search, Fields, OpenedAt, OpenedBy, MovedAt, DueAt)
        == (
            other.UnitId,
            other.State,
            other.Seq,
            other.Head,
            other.Title,
            other.Search,
            other.Fields,
            other.OpenedAt,
            other.OpenedBy,
            other.MovedAt,
            other.DueAt
        );

    /// <summary>The fields, for a row of a list.</summary>
    public JsonElement Read() => JsonSerializer.Deserialize<JsonElement>(Fields);
}
