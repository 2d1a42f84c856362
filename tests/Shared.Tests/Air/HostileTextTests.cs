using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>Every message and document of the air, with what no text may hold in each of its texts.</summary>
public sealed class HostileTextTests
{
    static readonly string[] texts =
    [
        "\"a\\u0000b\"",
        "\"\\u001b[2J\"",
        "\"a\\ud800\"",
        "\"\\udc00\"",
        "\"\\u007f\"",
        "\"\\uffff\"",
    ];

    static readonly string[] others =
    [
        "null",
        "1e400",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "253402300800000",
        "[null]",
        "[[[[[[[[[1]]]]]]]]]",
        "{\"\\ud800\":1}",
        "\"\"",
        "true",
    ];

    public static TheoryData<Type> Kinds =>
        [
            .. typeof(AirJson)
                .Assembly.GetTypes()
                .Where(t =>
                    !t.IsAbstract && t.GetProperty("Shape", BindingFlags.Public | BindingFlags.Static) is not null
                ),
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_no_text_may_hold_is_malformed_and_nothing_throws(Type kind)
    {
        var shape = (JsonTypeInfo)kind.GetProperty("Shape")!.GetValue(null)!;
        var members = shape.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).ToList();
        Assert.NotEmpty(members);
        foreach (var member in members)
        foreach (var hostile in (string[])[.. texts, .. others])
        {
            var json = Encoding.UTF8.GetBytes(
                "{"
                    + string.Join(
                        ',',
                        members.Select(m => $"\"{m.Name}\":{(m == member ? hostile : Usual(m.PropertyType))}")
                    )
                    + "}"
            );
            var read = Read(kind, json);
            if (member.PropertyType == typeof(string) && member.Name != "text" && texts.Contains(hostile))
                Assert.False(read, Encoding.UTF8.GetString(json));
        }
        Assert.False(Read(kind, "{\"\\ud800\":1}"u8.ToArray()));
    }

    public static TheoryData<string> HalfCharacters =>
        [
            .. from half in texts.Append("\"a\xC1\"")
            from member in new[]
            {
                $"\"clock\":{half}",
                $"\"more\":[{{\"name\":{half},\"value\":\"1\"}}]",
                $"\"new\":{half}",
            }
            select member,
        ];

    [Theory]
    [MemberData(nameof(HalfCharacters))]
    public void A_text_with_half_a_character_spoils_no_other_member_of_a_health_report(string spoiled)
    {
        var now = TimeProvider.System.GetUtcNow();
        var read = HealthMessage.Heard(
            Encoding.Latin1.GetBytes($"{{{spoiled},\"mains\":false,\"signal\":\"loud\"}}"),
            now
        );

        Assert.False(read?.Mains);
        Assert.NotNull(read);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1,\"mains\":false}")]
    [InlineData("{\"a\xC1\":1,\"mains\":\"no\"}")]
    public void A_name_with_half_a_character_is_no_health_report(string json) =>
        Assert.Null(HealthMessage.Heard(Encoding.Latin1.GetBytes(json), TimeProvider.System.GetUtcNow()));

    [Fact]
    public void What_we_write_ourselves_is_made_fit_first()
    {
        var said = new ReceiptMessage(
            Guid.Empty,
            CommandState.Failed,
            TimeProvider.System.GetUtcNow(),
            "disk\0gone\u001b"
        );

        Assert.True(ReceiptMessage.TryRead(said.ToBytes(), out var read));
        Assert.Equal("disk\uFFFDgone\uFFFD", read.Reason);
    }

    // Without the check of the signature, which comes after.
    static bool Read(Type kind, byte[] json) =>
        (bool)
            typeof(HostileTextTests)
                .GetMethod(nameof(ReadAs), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(kind)
                .Invoke(null, [json])!;

    static bool ReadAs<T>(byte[] json)
        where T : class
    {
        _ = AirJson.TryReadVersion(json, out _);
        return AirJson.TryRead(json, (JsonTypeInfo<T>)typeof(T).GetProperty("Shape")!.GetValue(null)!, out _);
    }

    static string Usual(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(string) => "\"ordinary\"",
            var t when t == typeof(Guid) => "\"00000000-0000-0000-0000-000000000001\"",
            var t when t == typeof(bool) => "true",
            var t when t.IsEnum => JsonSerializer.Serialize(Enum.GetNames(t)[0].ToLowerInvariant()),
            var t when t == typeof(Jose.Jwk) => """{"kty":"EC","crv":"P-256","x":"x","y":"y"}""",
            var t when t.IsGenericType => "[]",
            var t when t.IsClass => "{}",
            _ => "1",
        };
}
