using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Playing;

/// <summary>Each way of making a speaker say what nobody approved: a real speaker, told a lie, stays silent and reports it.</summary>
public sealed class RefusedTests
{
    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public Task Media_with_one_flipped_bit() =>
        Refuses(
            Refusal.MediaDigest,
            (province, sound) =>
            {
                var lie = new Lie(province.Release(sound).Sign(province.OfficerKey));
                var flipped = (byte[])sound.Bytes.Clone();
                flipped[flipped.Length / 2] ^= 1;
                province.Desk.Media[sound.Digest] = flipped;
                return lie;
            }
        );

    [Fact]
    public Task Media_longer_than_released() =>
        Refuses(
            Refusal.MediaLength,
            (province, sound) =>
            {
                var lie = new Lie(province.Release(sound).Sign(province.OfficerKey));
                province.Desk.Media[sound.Digest] = [.. sound.Bytes, 0];
                return lie;
            }
        );

    [Fact]
    public Task Media_that_are_no_sound() =>
        Refuses(
            Refusal.MediaFormat,
            (province, sound) =>
                new Lie(province.Release(sound with { Bytes = sound.Bytes[..^1] }).Sign(province.OfficerKey))
        );

    [Fact]
    public Task A_release_signed_by_a_key_without_delegation() =>
        Refuses(Refusal.KeyUnknown, (province, sound) => new Lie(province.Release(sound).Sign(SigningKey.Create())));

    [Fact]
    public Task A_release_signed_by_a_key_that_another_root_delegated() =>
        Refuses(
            Refusal.KeyUnknown,
            (province, sound) =>
            {
                var thief = SigningKey.Create();
                var forged = province.Delegate(thief, [AirKind.Release], by: SigningKey.Create());
                return new Lie(province.Release(sound).Sign(thief), forged);
            }
        );

    [Fact]
    public Task A_release_signed_with_an_expired_delegation() =>
        Refuses(
            Refusal.DelegationExpired,
            (province, sound) =>
            {
                var former = SigningKey.Create();
                var expired = province.Delegate(former, [AirKind.Release], expires: TimeSpan.FromMinutes(-1));
                return new Lie(province.Release(sound).Sign(former), expired);
            }
        );

    [Fact]
    public Task A_release_for_another_unit() =>
        Refuses(
            Refusal.ReleaseUnit,
            (province, sound) =>
                new Lie(province.Release(sound, units: [province.OtherCommune]).Sign(province.OfficerKey))
        );

    [Fact]
    public Task A_release_by_an_officer_of_another_unit() =>
        Refuses(
            Refusal.DelegationUnit,
            (province, sound) =>
            {
                var neighbour = SigningKey.Create();
                var theirs = province.Delegate(neighbour, [AirKind.Release], units: [province.OtherCommune]);
                return new Lie(province.Release(sound).Sign(neighbour), theirs);
            }
        );

    [Fact]
    public Task An_item_of_another_class_than_its_release() =>
        Refuses(
            Refusal.ReleaseClass,
            (province, sound) =>
                new Lie(province.Release(sound).Sign(province.OfficerKey)) { Class = AirClass.Emergency }
        );

    [Fact]
    public Task A_release_of_a_class_that_its_signer_may_not_use() =>
        Refuses(
            Refusal.DelegationClass,
            (province, sound) =>
            {
                var officer = SigningKey.Create();
                var ordinary = province.Delegate(officer, [AirKind.Release], [AirClass.Ordinary]);
                var release = province.Release(sound, AirClass.Emergency).Sign(officer);
                return new Lie(release, ordinary) { Class = AirClass.Emergency };
            }
        );

    [Fact]
    public Task A_release_signed_by_the_servers_own_key() =>
        Refuses(Refusal.DelegationKind, (province, sound) => new Lie(province.Release(sound).Sign(province.ServerKey)));

    [Fact]
    public async Task An_older_timetable_which_is_refused_after_a_restart_too()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(0.5);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var (done, stale) = (Province.PlayNow(release), Province.PlayNow(release));
        var older = province.Message(province.Timetable(speaker, 1, [stale]), [release]);
        province.Order(speaker, [], []);
        province.Order(speaker, [done], [release]);
        await speaker.Played(done);
        await process.Kill();
        await process.DisposeAsync();
        await using var again = SpeakerProcess.Start(province);
        await speaker.State(state => state.Online && state.Records >= 1 && state.Timetable == 2);

        province.Gate.Send(speaker, AirTopic.InTimetable, older);

        var record = await speaker.Refusal(RefusalSubject.Timetable);
        Assert.Equal(Refusal.TimetableOlder, record.Reason);
        Assert.Equal(Refusal.TimetableOlder, (await speaker.Reaches(stale, ItemProgress.Refused)).Reason);
        Assert.Empty(again.RecordingsOf(stale));
    }

    [Fact]
    public async Task A_timetable_signed_by_an_officers_key()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(0.5)).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        var forged = new Timetable(speaker.Id, 9, Now, Now, Now.AddDays(1), [item]).Sign(province.OfficerKey);
        await speaker.State(state => state.Online);

        province.Gate.Send(speaker, AirTopic.InTimetable, province.Message(forged, [release]));

        Assert.Equal(Refusal.DelegationKind, (await speaker.Refusal(RefusalSubject.Timetable)).Reason);
        Assert.Empty(process.RecordingsOf(item));
    }

    [Fact]
    public async Task A_revoked_officer_falls_silent_in_the_middle_of_a_word()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(20)).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        await speaker.Reaches(item, ItemProgress.Playing);

        var list = new Revocations(1, Now, [province.OfficerKey.KeyId], []).Sign(province.Root);
        province.Gate.Send(speaker, AirTopic.InRevocations, new RevocationsMessage(list).ToBytes());

        var record = await speaker.Record(item, PlayOutcome.Interrupted);
        Assert.Equal(Refusal.DelegationRevoked, record.Reason);
        Assert.InRange((record.End!.Value - record.Start!.Value).TotalSeconds, 0, 5);
    }

    static async Task Refuses(string reason, Func<Province, Recorded, Lie> tell)
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var lie = tell(province, await Recorded.Make(0.5));
        var item = Province.PlayNow(lie.Release, lie.Class);
        await speaker.State(state => state.Online);

        province.Order(speaker, [item], [lie.Release], [province.OfficerDelegation, .. lie.Delegations]);

        var record = await speaker.Record(item, PlayOutcome.Refused);
        Assert.Equal(reason, record.Reason);
        Assert.Equal(reason, (await speaker.Reaches(item, ItemProgress.Refused)).Reason);
        Assert.Empty(process.RecordingsOf(item));
        Assert.Single(speaker.Of(item));
        Assert.Empty(speaker.Faults);
    }

    sealed record Lie(string Release, params string[] Delegations)
    {
        public AirClass Class { get; init; } = AirClass.Ordinary;
    }
}
