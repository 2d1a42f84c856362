using System.Text.Json;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Enrolling;

public sealed class AwaitClaimTests
{
    [Fact]
    public async Task A_speaker_shows_its_code_until_claimed_and_survives_a_restart_in_between()
    {
        await using var province = await Province.Start();
        province.Desk.ClaimAtOnce = false;
        var process = SpeakerProcess.Start(province);
        var code = Path.Combine(process.Data, "claim-code");
        await SpeakerProcess.Grows(code, 1);
        await process.Kill();
        await process.DisposeAsync();

        await using var again = SpeakerProcess.Start(province);
        province.Desk.Claim();
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online && state.Placement == 1);
        await again.Shows(2);

        Assert.Contains($"claim code {province.Desk.Code}", again.Output);
        Assert.Contains($"root number {ClaimCheck.RootNumber(province.Root.KeyId)}", again.Output);
        Assert.False(File.Exists(code));
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(again.Data, "key.pem"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task A_speaker_that_is_told_to_come_again_comes_when_it_was_told()
    {
        await using var province = await Province.Start();
        province.Desk.Busy = (2, 4);
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        var came = province.Desk.Introduced.ToArray();
        Assert.Equal(3, came.Length);
        foreach (var (before, after) in came.Zip(came.Skip(1)))
            // Half of it to one and a half, and what a loaded machine adds.
            Assert.InRange(TimeProvider.System.GetElapsedTime(before, after).TotalSeconds, 2, 12);
    }

    [Fact]
    public async Task A_claimed_speaker_needs_no_enrolment_and_leaves_in_good_order()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        Assert.Equal(0, await process.Stop());
        await speaker.State(state => !state.Online);
        await process.DisposeAsync();
        await using var again = SpeakerProcess.Start(province);

        await speaker.Until(() => speaker.States.Count(state => state.Online) > 1 ? speaker : null, "a second time");
        Assert.Empty(again.Output);
    }

    [Fact]
    public async Task A_speaker_that_pinned_one_root_obeys_no_other()
    {
        await using var province = await Province.Start();
        var root = Path.Combine(province.Folder, "root.jwk");
        await File.WriteAllTextAsync(root, JsonSerializer.Serialize(SigningKey.Create().Public.Jwk));

        await using var process = SpeakerProcess.Start(province, "TEST-1", "--root", root);

        Assert.Equal(4, await process.Exit());
        Assert.False(File.Exists(Path.Combine(process.Data, "claim-code")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_given_the_root_of_before_follows_what_that_one_signed_and_nothing_else(
        bool isGenuine
    )
    {
        await using var province = await Province.Start();
        var (before, root) = (SigningKey.Create(), Path.Combine(province.Folder, "root.jwk"));
        await File.WriteAllTextAsync(root, JsonSerializer.Serialize(before.Public.Jwk));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        province.Desk.RootChanges =
        [
            new RootChange(1, province.Root.KeyId, province.Root.Public.Jwk, now.AddDays(-2), now.AddDays(-1)).Sign(
                isGenuine ? before : SigningKey.Create()
            ),
        ];

        await using var process = SpeakerProcess.Start(province, "TEST-1", "--root", root);
        if (!isGenuine)
        {
            Assert.Equal(4, await process.Exit());
            return;
        }
        var speaker = await province.Speaker();
        await speaker.State(state => state.Root == province.Root.KeyId);
    }

    [Fact]
    public async Task Two_processes_cannot_be_the_same_speaker()
    {
        await using var province = await Province.Start();
        await using var one = SpeakerProcess.Start(province);
        await (await province.Speaker()).State(state => state.Online);

        await using var other = SpeakerProcess.Start(province);

        Assert.Equal(3, await other.Exit());
    }
}
