using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Loa.Air;

/// <summary>How everything on the air is spelled in JSON; generated, so that a speaker needs no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8,
    Converters = [typeof(UnixMilliseconds), typeof(LowerCaseId), typeof(PlainText)]
)]
[JsonSerializable(typeof(Delegation))]
[JsonSerializable(typeof(Revocations))]
[JsonSerializable(typeof(RootChange))]
[JsonSerializable(typeof(RootMessage))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(SoundStream))]
[JsonSerializable(typeof(Placement))]
[JsonSerializable(typeof(Timetable))]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(AirRecord))]
[JsonSerializable(typeof(Package))]
[JsonSerializable(typeof(ToldTime))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(ConnectionProof))]
[JsonSerializable(typeof(Enrolment))]
[JsonSerializable(typeof(TimetableMessage))]
[JsonSerializable(typeof(CommandMessage))]
[JsonSerializable(typeof(PlacementMessage))]
[JsonSerializable(typeof(RevocationsMessage))]
[JsonSerializable(typeof(AckMessage))]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(ProgressMessage))]
[JsonSerializable(typeof(RecordMessage))]
[JsonSerializable(typeof(ReceiptMessage))]
[JsonSerializable(typeof(HealthMessage))]
[JsonSerializable(typeof(TimeQuestion))]
[JsonSerializable(typeof(TimeMessage))]
[JsonSerializable(typeof(LogMessage))]
[JsonSerializable(typeof(ChallengeRequest))]
[JsonSerializable(typeof(ChallengeMessage))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(EnrolmentOpened))]
[JsonSerializable(typeof(EnrolmentOpening))]
[JsonSerializable(typeof(EnrolmentStatus))]
[JsonSerializable(typeof(ServerMessage))]
[JsonSerializable(typeof(JsonObject))]
public sealed partial class AirJson : JsonSerializerContext
{
    /// <summary>Reads bytes from strangers: false, never an exception, for whatever is not a well-formed T.</summary>
    internal static bool TryRead<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> shape, [NotNullWhen(true)] out T? value)
        where T : class => TryRead(json, shape, out value, out _);

    /// <param name="fault">Where it is not well-formed: the way to the member, as far as it was read.</param>
    internal static bool TryRead<T>(
        ReadOnlySpan<byte> json,
        JsonTypeInfo<T> shape,
        [NotNullWhen(true)] out T? value,
        [NotNullWhen(false)] out string? fault
    )
        where T : class
    {
        value = null;
        fault = "utf-8";
        if (!Utf8.IsValid(json))
            return false;
        try
        {
            value = JsonSerializer.Deserialize(json, shape);
            fault = value is null ? "null" : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The serializer has no Try form; malformed input is an expected answer here, told by the null. Half a character is told
            // by the latter.
            value = null;
            fault = (malformed as JsonException)?.Path ?? "json";
        }
        return value is not null;
    }

    /// <summary>Finds the top-level "v" before anything else is read, because another version may have another shape.</summary>
    internal static bool TryReadVersion(ReadOnlySpan<byte> json, out int version)
    {
        version = 0;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("v"u8);
                reader.Read();
                if (found)
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out version);
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
        return true;
    }
}
