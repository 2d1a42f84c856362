using System.Text.Json;
using System.Text.Json.Serialization;
using Loa.Air;

namespace Loa.Conform;

/// <summary>What a server says at which moment, and the records that must come of it (docs/protocols/scripts.json).</summary>
sealed record Script(string Name, IReadOnlyList<ScriptStep> Steps)
{
    static readonly JsonSerializerOptions spelling = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IReadOnlyList<Script> All { get; } = Read();

    static Script[] Read()
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream("scripts.json")!;
        return JsonSerializer.Deserialize<Script[]>(stream, spelling)!;
    }
}

/// <summary>One thing that happens, or that must have happened.</summary>
/// <param name="By">Who signs the timetable: the server unless said.</param>
/// <param name="Within">Milliseconds to wait for what is expected.</param>
sealed record ScriptStep(
    IReadOnlyList<ScriptItem>? Timetable = null,
    bool Base = false,
    IReadOnlyList<string>? Drop = null,
    string? By = null,
    string? Command = null,
    CommandArgs? Args = null,
    bool Again = false,
    string? Revoke = null,
    string? Move = null,
    string? Root = null,
    int? Wait = null,
    IReadOnlyList<Expected>? Expect = null,
    IReadOnlyList<string>? Never = null,
    string? Receipt = null,
    string? Reason = null,
    bool Gone = false,
    int Within = 15_000
);

/// <summary>An item, its moments in milliseconds from now.</summary>
/// <param name="Release">What is wrong with what answers for it: missing, elsewhere, spoiled.</param>
sealed record ScriptItem(
    string Name,
    AirClass Class = AirClass.Ordinary,
    int Start = 0,
    int Until = 60_000,
    int LengthMs = 1_000,
    bool Now = false,
    bool Resume = false,
    int? Volume = null,
    string? Content = null,
    string? Release = null
);

/// <summary>A record of an item, or of a refused document.</summary>
sealed record Expected(
    string? Item = null,
    PlayOutcome? Outcome = null,
    RefusalSubject? Refusal = null,
    string? Reason = null
);
