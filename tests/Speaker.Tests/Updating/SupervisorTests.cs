using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Updating;

public sealed class SupervisorTests(ITestOutputHelper output)
{
    const int Kills = 12;
    const int Seed = 20261122;

    // It starts, and that is all it does.
    const string Hanging = "#!/bin/sh\nexec sleep 600\n";
    const string Crashing = "#!/bin/sh\nexit 1\n";

    static readonly Lazy<byte[]> software = new(() => Tar.OfFolder(Path.GetDirectoryName(SpeakerProcess.Speaker)!));

    [Fact]
    public async Task An_update_is_fetched_tried_and_stays_and_nothing_older_is_taken_again()
    {
        await using var province = await Province.Start();
        await using var supervisor = SpeakerProcess.StartKept(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online && state.Software == 0);

        var done = await Update(province, speaker, PackageKind.Software, 2, software.Value);

        Assert.Equal((CommandState.Done, 2), (done.State, done.Found?.Version));
        await speaker.State(state => state.Software == 2);
        Assert.Equal(Refusal.PackageOlder, (await Update(province, speaker, PackageKind.Software, 1, [1])).Reason);
        Assert.Equal(Refusal.PackageOlder, (await Update(province, speaker, PackageKind.Software, 2, [1])).Reason);
        Assert.Equal(RefusalSubject.Package, (await speaker.Refusal(RefusalSubject.Package)).Subject);
        var restarted = await province.Obeyed(speaker, Command.Restart);
        Assert.Equal((CommandState.Done, 2), (restarted.State, restarted.Found?.Version));
        Assert.Equal(0, await supervisor.Stop());
    }

    [Theory]
    [InlineData(Hanging)]
    [InlineData(Crashing)]
    public async Task Software_that_does_not_prove_itself_is_taken_back(string program)
    {
        await using var province = await Province.Start();
        await using var supervisor = SpeakerProcess.StartKept(province, trialSeconds: 2);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        var failed = await Update(province, speaker, PackageKind.Software, 2, Tar.Of(("Loa.Speaker", program)));

        Assert.Equal((CommandState.Failed, CommandFailure.RolledBack), (failed.State, failed.Reason));
        Assert.Equal(0, failed.Found?.Version);
    }

    [Fact]
    public async Task A_package_that_is_not_what_was_signed_or_not_for_here_is_not_installed()
    {
        await using var province = await Province.Start();
        await using var supervisor = SpeakerProcess.StartKept(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var good = Tar.Of(("Loa.Speaker", Crashing));

        var byServer = province.Package(PackageKind.Software, 2, good, by: province.ServerKey);
        Assert.Equal(Refusal.DelegationKind, (await Order(province, speaker, byServer)).Reason);
        var otherModel = province.Package(PackageKind.Software, 2, good, models: ["LX-9"]);
        Assert.Equal(Refusal.PackageModel, (await Order(province, speaker, otherModel)).Reason);
        var mangled = province.Package(PackageKind.Software, 2, good);
        foreach (var digest in province.Desk.Media.Keys)
            province.Desk.Media[digest] = [.. good.Select(value => (byte)~value)];
        Assert.Equal(Refusal.MediaDigest, (await Order(province, speaker, mangled)).Reason);
        Assert.Equal(
            PackageFaultException.Format,
            (await Update(province, speaker, PackageKind.Software, 2, Tar.Of(("readme", "")))).Reason
        );
        Assert.Equal(
            Refusal.PackageMissing,
            (await province.Obeyed(speaker, Command.Update, new(Package: new('a', 64)), mangled)).Reason
        );
    }

    [Fact]
    public async Task A_configuration_goes_the_same_way_and_a_bad_one_never_comes_into_force()
    {
        await using var province = await Province.Start();
        await using var supervisor = SpeakerProcess.StartKept(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        Task<ReceiptMessage> Configure(long version, string settings) =>
            Update(province, speaker, PackageKind.Configuration, version, Tar.Of(("settings.json", settings)));

        foreach (var bad in new[] { "", "{}", "{\"v\":1,\"other\":1}", "{\"v\":1,\"health_seconds\":1}" })
            Assert.Equal(PackageFaultException.Format, (await Configure(1, bad)).Reason);
        var done = await Configure(3, "{\"v\":1,\"health_seconds\":600,\"media_bytes\":20000000}");

        Assert.Equal((CommandState.Done, 3), (done.State, done.Found?.Version));
        await speaker.State(state => state is { Configuration: 3, Software: 0 });
    }

    [Fact]
    public async Task Killed_at_random_moments_supervisor_and_software_bring_an_update_to_its_end()
    {
        await using var province = await Province.Start();
        var random = new Random(Seed);
        var supervisor = SpeakerProcess.StartKept(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var package = province.Package(PackageKind.Software, 2, software.Value);
        var (id, message) = province.Command(
            speaker,
            Command.Update,
            args: new CommandArgs(Package: Jose.Jws.Digest(package)),
            package: package
        );
        province.Gate.Send(speaker, AirTopic.InCommand, message);
        await speaker.Receipt(id, CommandState.Received);

        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(10, 700)), TimeProvider.System);
            if (kill % 3 == 0 && supervisor.Child is { } child)
            {
                SpeakerProcess.KillChild(child);
                continue;
            }
            // Its child lives on, and is ended by itself or by the next supervisor.
            await supervisor.Kill();
            supervisor = SpeakerProcess.StartKept(province);
        }

        await using var last = supervisor;
        var answer = await speaker.Answer(id);
        output.WriteLine($"{Kills} kills, then {answer.State} {answer.Reason} {answer.Found?.Version}");
        // Killed often enough in its trial, good software is taken back as well; then it is ordered again.
        if (answer.State == CommandState.Failed)
        {
            Assert.Equal(CommandFailure.RolledBack, answer.Reason);
            answer = await Update(province, speaker, PackageKind.Software, 2, software.Value);
        }
        Assert.Equal((CommandState.Done, 2), (answer.State, answer.Found?.Version));
        Assert.Empty(speaker.Faults);
        Assert.Equal(0, await supervisor.Stop());
    }

    static Task<ReceiptMessage> Update(
        Province province,
        SpeakerMirror speaker,
        PackageKind kind,
        long version,
        byte[] packed
    ) => Order(province, speaker, province.Package(kind, version, packed));

    static Task<ReceiptMessage> Order(Province province, SpeakerMirror speaker, string package) =>
        province.Obeyed(speaker, Command.Update, new CommandArgs(Package: Jose.Jws.Digest(package)), package);
}
