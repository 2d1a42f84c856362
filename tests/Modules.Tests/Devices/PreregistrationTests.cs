using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Loa.People;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class PreregistrationTests(DeviceServer server)
{
    [Fact]
    public async Task A_speaker_whose_key_was_named_beforehand_is_claimed_without_a_code_and_a_stranger_is_not()
    {
        var (known, another) = (await server.Place(), await server.Place());
        await using var listed = new BenchSpeaker(known.Serial) { Id = known.Id };
        await using var early = new BenchSpeaker("BEFORE-" + known.Serial);
        await using var stranger = new BenchSpeaker(another.Serial);
        // It was switched on before the list came.
        var waiting = await early.Introduce(server.Anyone);
        var expected = SigningKey.Create();
        var csv = $"""
            Số máy;Khóa;Mã đơn vị;Tên;Số loa
            {known.Serial};{listed.Key.KeyId};{known.UnitId};;
            {early.Serial};"{JsonSerializer.Serialize(early.Key.Public.Jwk).Replace(
                "\"",
                "\"\"",
                StringComparison.Ordinal
            )}";{known.UnitId};Cụm loa đình làng;3
            {another.Serial};{Spki(expected)};{another.UnitId};;
            """;

        var brought = await Bring(csv).Json(HttpStatusCode.Created);
        Assert.Equal((1, 2), (Count(brought, "new"), Count(brought, "keyAdded")));
        Assert.Equal(0, brought.GetProperty("faults").GetArrayLength());
        Assert.Equal("registered", (await server.Find(known.Id)).State);
        var page = await server.Technician.GetStringAsync($"/speakers/beforehand/{Id(brought)}");
        Assert.Contains(Words.Get("beforehand.enter", 3), WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var entered = await Enter(brought).Json();
        Assert.Equal((3, 1), (Count(entered, "entered"), Count(entered, "claimed")));
        Assert.Equal(EnrolmentState.Claimed, (await BenchSpeaker.Ask(server.Anyone, waiting.Id)).State);

        var opened = await listed.Introduce(server.Anyone);
        var status = await BenchSpeaker.Ask(server.Anyone, opened.Id);
        Assert.Equal((EnrolmentState.Claimed, known.Id), (status.State, status.Speaker!.Value));
        await listed.Connect();
        await listed.State();
        await listed.HearTimetable();

        var strange = await stranger.Introduce(server.Anyone);
        Assert.Equal(EnrolmentState.Waiting, (await BenchSpeaker.Ask(server.Anyone, strange.Id)).State);
        await server.Claim(new { code = strange.Code }).Refused("claim.other-expected");

        // The same list again changes nothing.
        var again = await Bring(csv).Json(HttpStatusCode.Created);
        Assert.Equal((0, 0, 3), (Count(again, "new"), Count(again, "keyAdded"), Count(again, "unchanged")));
        await Enter(brought).Refused("beforehand.done");
    }

    [Theory]
    [InlineData("sep=;\r\nserial;key;unit\r\nX-1;K;U", 3, "unit-None")]
    [InlineData("Số máy,Khóa,Mã Ðơn vị\rX-1,K,U\r", 2, "unit-None")]
    [InlineData("serial,key,unit,name\nX-1,K,U,\"Loa cũ,2\nX-2,K,U,Mới", 2, "open-quote")]
    [InlineData("serial,key,unit\n\"1,23E+11\",K,U", 2, "serial-spoilt")]
    [InlineData("serial,key,unit\nX\u202E1,K,U", 2, "signs")]
    [InlineData("serial,key,unit\nX-1,K,U\nX-1\u200B,K2,U", 3, "serial-twice")]
    public async Task What_a_spreadsheet_does_to_a_list_is_understood_or_told(string list, int line, string fault)
    {
        var text = list.Replace("K2", SigningKey.Create().KeyId, StringComparison.Ordinal)
            .Replace(",K,", $",{SigningKey.Create().KeyId},", StringComparison.Ordinal)
            .Replace(";K;", $";{SigningKey.Create().KeyId};", StringComparison.Ordinal);

        var faults = (await Bring(text).Json(HttpStatusCode.Created)).GetProperty("faults").EnumerateArray();

        Assert.Contains(
            faults,
            f => f.GetProperty("line").GetInt32() == line && f.GetProperty("code").GetString() == fault
        );
    }

    [Fact]
    public async Task Every_fault_is_told_with_its_line_and_column_and_nothing_is_entered()
    {
        var place = await server.Place();
        await using var enrolled = await server.Enrolled();
        var (key, used) = (SigningKey.Create().KeyId, enrolled.Key.KeyId);
        var csv = $"""
            serial,key,unit,name,horns
            FAULT-1,{key},{place.UnitId},Tốt,2
            FAULT-2,not a key,{place.UnitId},,
            FAULT-3,{SigningKey.Create().KeyId},99999999,,
            FAULT-4,{key},{place.UnitId},,
            FAULT-1,{SigningKey.Create().KeyId},{place.UnitId},,
            FAULT-6,{SigningKey.Create().KeyId},{place.UnitId},,100

            FAULT-7,{used},{place.UnitId},,
            {enrolled.Serial},{SigningKey.Create().KeyId},{place.UnitId},,
            """;
        var brought = await Bring(csv).Json(HttpStatusCode.Created);
        (int, string, string)[] faults =
        [
            .. brought
                .GetProperty("faults")
                .EnumerateArray()
                .Select(f =>
                    (
                        f.GetProperty("line").GetInt32(),
                        f.GetProperty("column").GetString()!,
                        f.GetProperty("code").GetString()!
                    )
                ),
        ];
        Assert.Equal(
            [
                (3, "key", "key"),
                (4, "unit", "unit-None"),
                (5, "key", "key-twice"),
                (6, "serial", "serial-twice"),
                (7, "horns", "horns"),
                (9, "key", "key-taken"),
                (10, "unit", "elsewhere"),
                (10, "key", "another-key"),
            ],
            faults
        );
        await Enter(brought).Refused("beforehand.faults");
        Assert.False(await server.Db(db => db.Speakers.AnyAsync(s => s.Serial.StartsWith("FAULT-"))));
        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/beforehand/{Id(brought)}"));
        Assert.Contains("Dòng 10", page, StringComparison.Ordinal);

        var local = await server.Running.SignedIn("phuoclong.kythuat");
        var farthest = await server.Db(db => db.Speakers.AsNoTracking().OrderByDescending(s => s.Serial).FirstAsync());
        var far = $"serial,key,unit\nFAR-1,{key},{farthest.UnitId}";
        var elsewhere = await local
            .PostAsync("/speakers/beforehand", new StringContent(far, Encoding.UTF8, "text/csv"))
            .Json(HttpStatusCode.Created);
        Assert.Contains("unit-beyond", elsewhere.GetRawText(), StringComparison.Ordinal);
        await server
            .Technician.PostAsync("/speakers/beforehand", new ByteArrayContent([0xC3, 0x28]))
            .Refused("invalid", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_technicians_browser_signs_the_places_and_no_other_signature_is_taken()
    {
        var (one, two) = (await server.Place(), await server.Place());
        await using var first = new BenchSpeaker(one.Serial) { Id = one.Id };
        await using var second = new BenchSpeaker(two.Serial) { Id = two.Id };
        var (key, _) = await server.Technician.Delegated(server.Running);
        var brought = await Bring($"serial,x,y,unit\n{Line(first, one.UnitId)}\n{Line(second, two.UnitId)}\n")
            .Json(HttpStatusCode.Created);
        var texts = await server.Technician.PostAsync($"/speakers/beforehand/{Id(brought)}/placement", null).Json();
        string[] payloads = [.. texts.GetProperty("payloads").EnumerateArray().Select(p => p.GetString()!)];
        string[] Signed(SigningKey by) =>
            [.. payloads.Select(p => Jws.Sign(by, Placement.Type, Encoding.UTF8.GetBytes(p)))];

        await Enter(brought, Signed(key)[..1]).Refused("placement.count");
        await Enter(brought, Signed(SigningKey.Create())).Refused("placement.refused");
        await Enter(brought, [.. Signed(key).Reverse()]).Refused("placement.refused");
        var released = await (await server.Running.SignedIn("tinh.duyet")).Delegated(server.Running);
        await Enter(brought, Signed(released.Key)).Refused("placement.refused");
        await Enter(brought, Signed(key)).Json();

        var opened = await first.Introduce(server.Anyone);
        var status = await BenchSpeaker.Ask(server.Anyone, opened.Id);
        Assert.True(PublicKey.TryFrom(opened.Root, out var root));
        var chain = new Chain(root);
        foreach (var delegation in status.Delegations!)
            chain.Learn(delegation);
        var verdict = chain.Verify(
            status.Placement,
            new PlacementRule(one.Id, first.Key.KeyId, null, server.Running.Clock.GetUtcNow())
        );
        Assert.True(verdict.Ok, verdict.Reason);
        Assert.Equal(key.KeyId, verdict.Signed.KeyId);
    }

    [Fact]
    public void A_key_is_known_in_every_form_that_vendors_write()
    {
        var key = SigningKey.Create();
        Assert.Equal(key.KeyId, Enrolments.KeyText.KeyId(key.KeyId));
        Assert.Equal(key.KeyId, Enrolments.KeyText.KeyId(Spki(key)));
        Assert.Equal(key.KeyId, Enrolments.KeyText.KeyId(JsonSerializer.Serialize(key.Public.Jwk)));
        Assert.Equal(key.KeyId, Enrolments.KeyText.KeyId(key.Public.Jwk.X, key.Public.Jwk.Y));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Null(Enrolments.KeyText.KeyId(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())));
        Assert.Null(Enrolments.KeyText.KeyId(new string('A', 44)));
        Assert.Null(Enrolments.KeyText.KeyId("{}"));
        Assert.Null(Enrolments.KeyText.KeyId(new string('!', 43)));
        Assert.Null(Enrolments.KeyText.KeyId(""));
    }

    Task<HttpResponseMessage> Bring(string csv) =>
        server.Technician.PostAsync("/speakers/beforehand", new StringContent(csv, Encoding.UTF8, "text/csv"));

    Task<HttpResponseMessage> Enter(JsonElement brought, string[]? placements = null) =>
        server.Technician.PostAsync(
            $"/speakers/beforehand/{Id(brought)}",
            new StringContent(
                JsonSerializer.Serialize(new { placements = placements is null ? null : string.Join(' ', placements) }),
                Encoding.UTF8,
                "application/json"
            )
        );

    static string Id(JsonElement brought) => brought.GetProperty("id").GetString()!;

    static int Count(JsonElement brought, string what) => brought.GetProperty(what).GetInt32();

    static string Line(BenchSpeaker speaker, Guid unit) =>
        $"{speaker.Serial},{speaker.Key.Public.Jwk.X},{speaker.Key.Public.Jwk.Y},{unit}";

    static string Spki(SigningKey key)
    {
        using var ec = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new()
                {
                    X = System.Buffers.Text.Base64Url.DecodeFromChars(key.Public.Jwk.X),
                    Y = System.Buffers.Text.Base64Url.DecodeFromChars(key.Public.Jwk.Y),
                },
            }
        );
        return Convert.ToBase64String(ec.ExportSubjectPublicKeyInfo());
    }
}
