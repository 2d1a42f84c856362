using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>What the server's clock showed when a speaker asked and when it was answered.</summary>
/// <remarks>
/// With the moments at which the speaker asked and heard the answer these are the four timestamps of RFC 5905, §8.
/// It is signed, so that whoever stands between the two cannot move a speaker's clock.
/// </remarks>
/// <param name="Nonce">As in the question.</param>
/// <param name="ReceivedUs">Microseconds since 1970-01-01T00:00Z at which the question came in.</param>
/// <param name="AnsweredUs">Microseconds since 1970-01-01T00:00Z at which the answer was signed.</param>
public sealed record ToldTime(
    Guid Speaker,
    string Nonce,
    [property: JsonPropertyName("received_us")] long ReceivedUs,
    [property: JsonPropertyName("answered_us")] long AnsweredUs
) : AirDocument<ToldTime>, IAirDocument<ToldTime>
{
    // Until the year 2200: such a number is a moment in any arithmetic.
    const long MostUs = 7_258_118_400_000_000;

    public static string Type => "loa-time";

    public static JsonTypeInfo<ToldTime> Shape => AirJson.Default.ToldTime;

    [JsonIgnore]
    public DateTimeOffset Received => DateTimeOffset.UnixEpoch.AddMicroseconds(ReceivedUs);

    [JsonIgnore]
    public DateTimeOffset Answered => DateTimeOffset.UnixEpoch.AddMicroseconds(AnsweredUs);

    public static long Microseconds(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / 10;

    public bool IsWithinBounds() =>
        Bounds.IsNonce(Nonce) && ReceivedUs is > 0 and < MostUs && AnsweredUs >= ReceivedUs && AnsweredUs < MostUs;
}
