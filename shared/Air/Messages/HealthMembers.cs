using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loa.Air;

/// <summary>Reads a health report member by member, when it cannot be read as a whole.</summary>
static class HealthMembers
{
    const string At = "at";
    static readonly JsonDocumentOptions spelling = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <param name="at">When it came, for a report that does not say of when it is.</param>
    /// <returns>Null when it is no object.</returns>
    public static HealthMessage? Fitting(ReadOnlySpan<byte> payload, DateTimeOffset at)
    {
        if (payload.Length > HealthMessage.MaxBytes || Object(payload) is not { } told)
            return null;
        var kept = new HealthMessage(at);
        var members = new JsonObject { [At] = at.ToUnixTimeMilliseconds() };
        foreach (var (name, value) in told)
        {
            var before = members[name]?.DeepClone();
            members[name] = value?.DeepClone();
            if (Read(members) is { } read)
                kept = read;
            else if (before is null)
                members.Remove(name);
            else
                members[name] = before;
        }
        return kept;
    }

    static HealthMessage? Read(JsonObject members)
    {
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(members, AirJson.Default.JsonObject);
            return HealthMessage.TryRead(json, out var read) ? read : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a character in it can be parsed and not be written.
            return null;
        }
    }

    static JsonObject? Object(ReadOnlySpan<byte> payload)
    {
        try
        {
            var told = JsonNode.Parse(payload, documentOptions: spelling) as JsonObject;
            // The names are looked at only now.
            return told?.Count >= 0 ? told : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What a stranger sent is no JSON, or a name in it has half a character; the caller is told by the null.
            return null;
        }
    }
}
