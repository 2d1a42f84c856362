using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Enrolling;

public sealed class RenewalTests
{
    const string TakenBack = "key-taken-back";

    [Fact]
    public async Task A_speaker_whose_key_was_taken_back_is_claimed_by_a_new_one_and_loses_no_record()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var before = await province.Speaker();
        await before.State(state => state.Online);
        before.HoldAcks = true;
        var item = await Play(province, before);
        var unsent = await before.Played(item);
        await Bar(province, before, isTakenBack: true);
        await process.Shows(2);
        province.Place = before.Id;

        // What it holds it plays on, with the key that nobody takes.
        Assert.Contains($"claim code {province.Desk.Code}", process.Output);
        province.Desk.Claim();
        Assert.Equal(ExitCode.Restart, await process.Exit());
        await process.DisposeAsync();
        await using var again = SpeakerProcess.Start(province);
        var after = await Claimed(province, before);
        var record = await after.Played(item);

        Assert.NotEqual(before.Key.KeyId, after.Key.KeyId);
        Assert.Equal((unsent.Start, unsent.End), (record.Start, record.End));
        Assert.Equal(Enumerable.Range(1, after.Records.Count), after.Records.Select(r => (int)r.Seq!));
        Assert.Empty(after.Faults);
        Assert.Equal(after.Key.KeyId, SigningKey.Load(Path.Combine(again.Data, "key.pem")).KeyId);
        Assert.False(File.Exists(Path.Combine(again.Data, "key-next.pem")));
        Assert.False(File.Exists(Path.Combine(again.Data, "claim-code")));
    }

    [Fact]
    public async Task Claimed_for_another_place_it_tells_nothing_of_the_old_one_and_plays_what_it_is_told_there()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var before = await province.Speaker();
        await before.State(state => state.Online);
        before.HoldAcks = true;
        await before.Played(await Play(province, before));
        await Bar(province, before, isTakenBack: true);
        await process.Shows(2);

        province.Desk.Claim();
        Assert.Equal(ExitCode.Restart, await process.Exit());
        await process.DisposeAsync();
        await using var again = SpeakerProcess.Start(province);
        var after = await Claimed(province, before);
        var item = await Play(province, after);
        await after.Played(item);

        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(item.Id, Assert.Single(after.Records).Item);
        Assert.Empty(after.Faults);
    }

    [Fact]
    public void A_power_cut_between_the_claim_and_the_keys_new_name_is_made_good()
    {
        var folder = Directory.CreateTempSubdirectory("loa-keys-").FullName;
        var disk = new Disk(folder);
        using var journal = new Journal(disk);
        var keys = new OwnKeys(folder, disk, journal);
        var (old, next) = (keys.InForce.KeyId, keys.Next().KeyId);
        Assert.Equal(old, new OwnKeys(folder, disk, journal).InForce.KeyId);

        journal.Commit(new WriteBatch().Put(JournalKeys.Key, next));

        Assert.Equal(next, new OwnKeys(folder, disk, journal).InForce.KeyId);
        Assert.Equal(next, new OwnKeys(folder, disk, journal).InForce.KeyId);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_only_says_that_a_key_was_taken_back_has_silenced_nobody()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        await Bar(province, speaker, isTakenBack: true);
        await process.Shows(2);
        await process.Logs(TakenBack);

        var seen = speaker.States.Count;
        province.Gate.Add(speaker);
        await speaker.Until(() => speaker.States.Count > seen ? speaker : null, "the old key again");
        await process.Logs("key-kept");
        var item = await Play(province, speaker);
        await speaker.Played(item);

        Assert.False(File.Exists(Path.Combine(process.Data, "claim-code")));
    }

    [Fact]
    public async Task Who_names_another_root_to_a_speaker_that_is_not_let_in_does_not_stop_it()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        province.Desk.OtherRoot = SigningKey.Create().Public.Jwk;
        await Bar(province, speaker, isTakenBack: false);
        await process.Logs("another-root");

        var seen = speaker.States.Count;
        province.Gate.Add(speaker);
        await speaker.Until(() => speaker.States.Count > seen ? speaker : null, "the old key again");
    }

    [Fact]
    public async Task A_key_that_was_taken_back_before_its_speaker_was_claimed_is_followed_by_another()
    {
        await using var province = await Province.Start();
        var data = Path.Combine(province.Folder, "TEST-1", "data");
        Directory.CreateDirectory(data);
        var old = SigningKey.Create();
        old.Save(Path.Combine(data, "key.pem"));
        province.Desk.TakeBack(old.KeyId);

        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        Assert.NotEqual(old.KeyId, speaker.Key.KeyId);
        Assert.Equal(speaker.Key.KeyId, SigningKey.Load(Path.Combine(data, "key.pem")).KeyId);
    }

    static async Task<TimetableItem> Play(Province province, SpeakerMirror speaker)
    {
        var sound = await Recorded.Make(1);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        return item;
    }

    // As when its line was cut at that moment: it comes again, and is not let in.
    static async Task Bar(Province province, SpeakerMirror speaker, bool isTakenBack)
    {
        if (isTakenBack)
            province.Desk.TakeBack(speaker.Key.KeyId);
        province.Desk.ClaimAtOnce = false;
        await province.Vanish();
        province.Gate.Bar(speaker);
        await province.Return();
    }

    static async Task<SpeakerMirror> Claimed(Province province, SpeakerMirror before)
    {
        var after = Assert.Single(province.Speakers);
        Assert.NotSame(before, after);
        await after.State(state => state.Online);
        return after;
    }
}
