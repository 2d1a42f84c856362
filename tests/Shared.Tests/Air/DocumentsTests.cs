using System.Text;
using Loa.Jose;

namespace Loa.Air;

public sealed class DocumentsTests
{
    [Fact]
    public void A_document_is_spelled_as_the_protocol_says()
    {
        Assert.True(Release.TryRead(Some.Release.Sign(SomeKeys.Officer), out var read, out _));

        Assert.Equal(
            $$"""{"v":1,"id":"{{Some.Id(1)}}","bulletin":"{{Some.Id(2)}}","title":"L\u1ECBch ti\u00EAm ph\u00F2ng","digest":"{{new string('a', 64)}}","length":90000,"duration_ms":30000,"class":"ordinary","units":["{{Some.Commune}}"],"nbf":1772487000000,"exp":1772663400000}""",
            Encoding.UTF8.GetString(read.Jws.Payload)
        );
    }

    [Fact]
    public void A_draft_signed_in_a_browser_is_the_same_document()
    {
        var draft = Some.Release.Draft(SomeKeys.Officer.KeyId);
        var compact = Jws.Complete(draft, SomeKeys.Officer.Sign(Encoding.ASCII.GetBytes(draft)));

        Assert.True(Some.Chain().Verify(compact, new ReleaseRule(Some.Path, Some.Now)).Ok);
    }

    [Fact]
    public void As_many_items_as_a_timetable_may_have_fit_however_long_they_are_written()
    {
        var item = Some.Item(Some.Release.Sign(SomeKeys.Officer)) with
        {
            Class = AirClass.Emergency,
            Volume = 100,
            Resume = true,
        };
        var longest = Some.Timetable with
        {
            Version = long.MaxValue,
            Items = [.. Enumerable.Repeat(item, Timetable.MostItems)],
            Volumes = [.. Enumerable.Repeat(new HourVolume(1439, 100), 48)],
            Filler = [.. Enumerable.Repeat(item.Release, 16)],
        };
        var change = longest with
        {
            Base = long.MaxValue - 1,
            Items = [.. longest.Items.Take(Timetable.MostItems / 2)],
            Drop = [.. Enumerable.Repeat(item.Id, Timetable.MostItems)],
        };

        Assert.True(Timetable.TryRead(longest.Sign(SomeKeys.Server), out _, out _));
        Assert.True(Timetable.TryRead(change.Sign(SomeKeys.Server), out _, out _));
    }

    [Theory]
    [InlineData("""{"v":2}""", Refusal.DocumentVersion)]
    [InlineData("""{"v":"1"}""", Refusal.JwsMalformed)]
    [InlineData("""{"server":"x"}""", Refusal.DocumentVersion)]
    [InlineData("""[1]""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1}""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1,"speaker":"SPEAKER","server":"s","nonce":"short"}""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1,"speaker":"x","server":"s","nonce":"NONCE"}""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1,"v":2,"speaker":"SPEAKER","server":"s","nonce":"NONCE"}""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1,"speaker":"SPEAKER","server":"s","server":"t","nonce":"NONCE"}""", Refusal.JwsMalformed)]
    [InlineData("""{"v":1,"speaker":"SPEAKER","server":"s","nonce":"NONCE","more":true}""", null)]
    public void Payloads_are_read_strictly(string payload, string? reason)
    {
        var text = payload.Replace("SPEAKER", $"{Some.Speaker}").Replace("NONCE", Some.Nonce);
        var compact = Jws.Sign(SomeKeys.Speaker, ConnectionProof.Type, Encoding.UTF8.GetBytes(text));

        Assert.Equal(reason is null, ConnectionProof.TryRead(compact, out _, out var refusal));
        Assert.Equal(reason, refusal);
    }

    [Fact]
    public void A_document_of_another_type_is_refused_by_its_header()
    {
        ConnectionProof.TryRead(Some.Release.Sign(SomeKeys.Officer), out _, out var refusal);

        Assert.Equal(Refusal.DocumentType, refusal);
    }

    [Fact]
    public void What_every_reader_would_refuse_is_not_signed()
    {
        Assert.Throws<ArgumentException>(() => (Some.Release with { Digest = "x" }).Sign(SomeKeys.Officer));
        Assert.Throws<ArgumentException>(() => (Some.Release with { Title = new('x', 301) }).Sign(SomeKeys.Officer));
    }

    [Fact]
    public void The_longest_lists_still_fit()
    {
        var units = Enumerable.Range(0, Bounds.Units).Select(Some.Id).ToArray();
        var revoked = Enumerable.Repeat(SomeKeys.Officer.KeyId, Bounds.Revoked).ToArray();

        Assert.NotEmpty((Some.ToOfficer with { Units = units, Name = new('ệ', 300) }).Sign(SomeKeys.Root));
        Assert.NotEmpty((Some.Release with { Units = units, Title = new('ệ', 300) }).Sign(SomeKeys.Officer));
        Assert.NotEmpty((Some.Revocations with { Kids = revoked }).Sign(SomeKeys.Root));
    }

    [Fact]
    public void Proofs_hold_for_one_speaker_one_server_and_one_nonce()
    {
        var proof = Some.Proof.Sign(SomeKeys.Speaker);
        var key = SomeKeys.Speaker.Public;

        Assert.True(ConnectionProof.Verify(proof, Some.Speaker, key, Some.Server, Some.Nonce).Ok);
        Assert.False(ConnectionProof.Verify(proof, Some.OtherSpeaker, key, Some.Server, Some.Nonce).Ok);
        Assert.False(ConnectionProof.Verify(proof, Some.Speaker, key, "other.example", Some.Nonce).Ok);
        Assert.False(ConnectionProof.Verify(proof, Some.Speaker, key, Some.Server, new string('x', 43)).Ok);
    }

    [Fact]
    public void An_enrolment_is_signed_by_the_key_inside()
    {
        Assert.True(Enrolment.Verify(Some.Enrolment.Sign(SomeKeys.Speaker)).Ok);
        Assert.Equal(Refusal.KeyUnknown, Enrolment.Verify(Some.Enrolment.Sign(SomeKeys.Stranger)).Reason);
    }
}
