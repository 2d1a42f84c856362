using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Timetable;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Broadcasting.Explain;

/// <summary>Each answer to "why is it silent, why did I hear this?", given what was planned and what the speaker said.</summary>
public sealed class MinuteAnswerTests
{
    static readonly DateTimeOffset Day = VietnamTime.StartOf(new(2026, 12, 1));
    static readonly Guid Commune = Guid.CreateVersion7();
    static readonly Guid Item = Guid.CreateVersion7();
    static readonly Guid Late = Guid.CreateVersion7();
    static readonly AirPlace Here = AirPlace.At(Guid.CreateVersion7(), [Commune]);
    static readonly SpeakerThen There = new(Here.Speaker, "Cụm loa", Commune, Commune, IsClaimed: true, IsOnline: true);

    // At 05:30 for ten minutes; and what asks for 22:30, where the commune wants quiet.
    static readonly AskedAir Asked = Ask(
        new(Item, AirClass.Ordinary, [Commune], At(5, 0), At(9, 0), [Part(10)]) { Timing = AirTiming.Session },
        new(Late, AirClass.Ordinary, [Commune], At(22, 30), At(22, 40), [Part(10)]) { Timing = AirTiming.Exact }
    );

    [Theory]
    [InlineData(5, 35, "to-come")]
    [InlineData(6, 0, "nothing")]
    [InlineData(12, 0, "outside")]
    [InlineData(22, 5, "closed")]
    [InlineData(22, 35, "left-out")]
    public void What_is_planned_answers_for_a_minute_to_come(int hour, int minute, string answer) =>
        Assert.Equal(answer, Answer(At(hour, minute), There, isToCome: true).Key);

    [Theory]
    [InlineData(false, true, "not-claimed")]
    [InlineData(true, false, "offline")]
    [InlineData(true, true, "unreported")]
    public void Without_a_record_it_is_told_how_the_speaker_stood(bool isClaimed, bool isOnline, string answer) =>
        Assert.Equal(answer, Answer(At(5, 35), There with { IsClaimed = isClaimed, IsOnline = isOnline }).Key);

    [Theory]
    [InlineData(PlayStage.Failed, "failed")]
    [InlineData(PlayStage.Refused, "refused")]
    [InlineData(PlayStage.Silent, "silent")]
    [InlineData(PlayStage.Stopped, "stopped")]
    public void What_the_speaker_said_goes_before_how_it_stood(PlayStage stage, string answer)
    {
        var said = Answer(At(5, 35), There with { IsOnline = false }, plays: Play(stage, null, null));
        Assert.Equal((answer, "media.digest"), (said.Key, said.Reason));
    }

    [Fact]
    public void What_was_recorded_goes_before_what_was_planned()
    {
        var late = Play(PlayStage.Heard, At(6, 0), At(6, 10));
        Assert.Equal("sounded", Answer(At(6, 5), There, plays: late).Key);
        Assert.Equal("elsewhen", Answer(At(5, 35), There, plays: late).Key);
        Assert.Equal(
            "local",
            MinuteAnswer
                .Of(Asked, Plan(At(12, 0)), new([], [], [new("microphone", At(12, 0), At(12, 2))]), There, false)
                .Key
        );
    }

    [Fact]
    public void A_reason_is_told_in_words_with_the_name_of_who_made_the_rule()
    {
        var why = MinuteText.Why(Answer(At(22, 35), There), _ => "Xã Lộc Tấn")!;
        Assert.Contains(Words.Get("timetable.because.quiet"), why, StringComparison.Ordinal);
        Assert.Contains("Xã Lộc Tấn", why, StringComparison.Ordinal);
        Assert.Contains("22:35", MinuteText.Of(Answer(At(22, 35), There), At(22, 35)), StringComparison.Ordinal);
    }

    static MinuteAnswer Answer(
        DateTimeOffset minute,
        SpeakerThen then,
        bool isToCome = false,
        params PastPlay[] plays
    ) => MinuteAnswer.Of(Asked, Plan(minute), new(plays, [], []), then, isToCome);

    static AirMinute Plan(DateTimeOffset minute)
    {
        var closed = ClosedAir.Of(Here, Asked.Question);
        return AirMinute.Of(Timeline.Of(Here, Asked.Question, closed), closed, minute);
    }

    static PastPlay Play(PlayStage stage, DateTimeOffset? started, DateTimeOffset? ended) =>
        new(
            Item,
            Item,
            "Tin",
            stage,
            stage == PlayStage.Heard ? null : "media.digest",
            null,
            At(5, 30),
            started,
            0,
            ended
        );

    static AskedAir Ask(params AirCandidate[] candidates) =>
        new(
            AirQuestion.Of(
                candidates,
                AirPolicies.Always(
                    new Dictionary<Guid, AirPolicy>
                    {
                        [Commune] = new() { Quiet = [new(Weekdays.All, new(22, 0), TimeSpan.FromHours(2), Commune)] },
                    }
                ),
                [],
                VietnamTime.Zone,
                Day,
                Day.AddDays(1)
            ),
            candidates.ToDictionary(
                c => c.Id,
                c => (IReadOnlyList<AskedItem>)[new AskedItem(c.Id, c.Id, Bulletin("Tin"))]
            )
        );

    static ReleasedBulletin Bulletin(string title) =>
        new(Item, title, Commune, AirClass.Ordinary, "", 0, TimeSpan.FromMinutes(10), [], Day, Day, "", "", []);

    static ProgrammePart Part(int minutes) => new(Item, TimeSpan.FromMinutes(minutes), DateTimeOffset.MaxValue);

    static DateTimeOffset At(int hour, int minute) => Day + new TimeSpan(hour, minute, 0);
}
