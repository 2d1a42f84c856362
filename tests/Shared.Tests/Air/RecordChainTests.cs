using Loa.Jose;

namespace Loa.Air;

public sealed class RecordChainTests
{
    [Fact]
    public void Records_follow_one_another()
    {
        var written = RecordHead.Start;
        var checkedHead = RecordHead.Start;
        for (var i = 1; i <= 5; i++)
        {
            var compact = RecordChain.Append(written, Some.Record, SomeKeys.Speaker, out written);
            var verdict = Verify(checkedHead, compact, out var link, out checkedHead);

            Assert.True(verdict.Ok);
            Assert.Equal(RecordLink.Next, link);
            Assert.Equal(i, verdict.Document.Seq);
            Assert.Equal(written, checkedHead);
        }
    }

    [Fact]
    public void Repeats_gaps_and_another_past_are_told_apart()
    {
        var first = RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Speaker, out var one);
        var second = RecordChain.Append(one, Some.Record, SomeKeys.Speaker, out var two);
        var forked = RecordChain.Append(one with { Hash = new string('0', 64) }, Some.Record, SomeKeys.Speaker, out _);

        Assert.True(Verify(two, first, out var link, out var next).Ok);
        Assert.Equal((RecordLink.Repeat, two), (link, next));
        Verify(RecordHead.Start, second, out link, out next);
        Assert.Equal((RecordLink.Gap, RecordHead.Start), (link, next));
        Verify(one, forked, out link, out next);
        Assert.Equal((RecordLink.Broken, one), (link, next));
    }

    [Fact]
    public void Only_the_speakers_own_key_writes_its_records()
    {
        var forged = RecordChain.Append(RecordHead.Start, Some.Record, SomeKeys.Server, out _);

        var verdict = Verify(RecordHead.Start, forged, out var link, out var next);

        Assert.Equal(Refusal.KeyUnknown, verdict.Reason);
        Assert.Equal((RecordLink.None, RecordHead.Start), (link, next));
    }

    [Fact]
    public void A_refusal_is_a_record_too()
    {
        var refusal = AirRecord.Refused(Some.Speaker, Some.Now, RefusalSubject.Command, Refusal.CommandReplayed);

        var compact = RecordChain.Append(RecordHead.Start, refusal, SomeKeys.Speaker, out _);
        var read = Verify(RecordHead.Start, compact, out _, out _).Document;

        Assert.Equal(RefusalSubject.Command, read?.Subject);
        Assert.Equal(Refusal.CommandReplayed, read?.Reason);
    }

    static Verdict<AirRecord> Verify(RecordHead head, string compact, out RecordLink link, out RecordHead next) =>
        RecordChain.Verify(head, compact, Some.Speaker, SomeKeys.Speaker.Public, out link, out next);
}
