using System.Security.Cryptography;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Papers;
using Loa.People;
using Loa.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class PackageBudgetTests(DeviceServer server)
{
    PaperStore Papers => server.Running.Services.GetRequiredService<PaperStore>();

    [Fact]
    public async Task An_archive_that_was_refused_leaves_nothing_on_the_disk()
    {
        var before = Files();
        var technician = await SomeOfficer.New(server.Running, "technician");
        var (archive, large) = (Parcel.Some(), Parcel.Some());

        await technician.Client.Draft(archive, PackageVersion.Last - 5).Refused("package.version-step");
        await technician.Client.Draft("not at all"u8.ToArray(), 1).Refused("package.not-an-archive");
        await technician
            .Client.Bring(large, "/packages", ("Kind", "software"), ("Version", 1), ("Label", "x"), ("Models", Long()))
            .Refused("invalid", System.Net.HttpStatusCode.BadRequest);

        Assert.False(Papers.Has(Digest(archive)));
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task What_was_withdrawn_unsigned_goes_and_what_another_holds_stays()
    {
        var technician = await SomeOfficer.New(server.Running, "technician");
        var archive = Parcel.Some();
        var (one, two) = (
            await technician.Client.Draft(archive, Parcel.NextVersion()).Landed(),
            await technician.Client.Draft(archive, Parcel.NextVersion()).Landed()
        );

        await Withdraw(technician.Client, one);
        Assert.True(Papers.Has(Digest(archive)));
        await Withdraw(technician.Client, two);
        Assert.False(Papers.Has(Digest(archive)));
    }

    [Fact]
    public async Task Nobody_has_more_than_a_few_packages_that_wait_for_a_signature()
    {
        var technician = await SomeOfficer.New(server.Running, "technician");
        var drafts = new List<Guid>();
        for (var i = 0; i < PackageBudget.MostDrafts; i++)
            drafts.Add(await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Landed());
        var archive = Parcel.Some();

        await technician.Client.Draft(archive, Parcel.NextVersion()).Refused("package.too-many-drafts");
        Assert.False(Papers.Has(Digest(archive)));
        // It is his budget and nobody else's.
        var colleague = await SomeOfficer.New(server.Running, "technician");
        await colleague.Client.Draft(archive, Parcel.NextVersion()).Landed();
        await Withdraw(technician.Client, drafts[0]);
        await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
    }

    [Fact]
    public async Task An_officer_uploads_one_archive_at_a_time()
    {
        var technician = await SomeOfficer.New(server.Running, "technician");
        var (budget, rest) = (server.Running.Services.GetRequiredService<PackageBudget>(), new TaskCompletionSource());
        var archive = new SlowArchive(Parcel.Some(), rest.Task);
        var first = technician.Client.Draft(archive, Parcel.NextVersion()).Landed();
        await RunningServer.Until(() => Task.FromResult(IsBringing(budget, technician.Id)), "the first has begun");

        await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Refused("package.uploading");
        rest.SetResult();
        await first;
        Assert.True(Papers.Has(Digest(archive.Bytes)));

        await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
    }

    [Fact]
    public async Task Whoever_hangs_up_in_the_middle_leaves_nothing_and_may_begin_again()
    {
        var before = Files();
        var technician = await SomeOfficer.New(server.Running, "technician");
        var budget = server.Running.Services.GetRequiredService<PackageBudget>();
        var archive = new SlowArchive(Parcel.Some(), new TaskCompletionSource().Task);
        using var hangUp = new CancellationTokenSource();
        var first = technician.Client.Draft(archive, Parcel.NextVersion(), hangUp.Token);
        await RunningServer.Until(() => Task.FromResult(IsBringing(budget, technician.Id)), "the first has begun");

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await RunningServer.Until(() => Task.FromResult(!IsBringing(budget, technician.Id)), "his place is free");
        Assert.Equal(before, Files());
        await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
    }

    [Fact]
    public async Task What_was_signed_and_withdrawn_goes_too_and_so_does_what_a_killed_server_left()
    {
        var leader = await server.Running.SignedIn("tinh.kythuat");
        var (key, _) = await leader.Delegated(server.Running, "package");
        var archive = Parcel.Some();
        var package = await leader.Draft(archive, Parcel.NextVersion()).Landed();
        await leader.Give(package, await leader.Sign(package, key)).Json();
        Assert.True(Papers.Has(Digest(archive)));

        await Withdraw(leader, package);
        Assert.False(Papers.Has(Digest(archive)));

        // As if it had been killed between the act and the file.
        await Papers.Put(new MemoryStream(archive), CancellationToken.None);
        await server.Running.Services.GetRequiredService<ForgetArchives>().All(CancellationToken.None);
        Assert.False(Papers.Has(Digest(archive)));
    }

    static bool IsBringing(PackageBudget budget, Guid officer)
    {
        try
        {
            budget.Enter(officer).Dispose();
            return false;
        }
        catch (RefusedException)
        {
            return true;
        }
    }

    static async Task Withdraw(HttpClient client, Guid package) =>
        await client
            .PostAsync($"/packages/{package}/withdraw", new FormUrlEncodedContent([new("Comment", "thử")]))
            .Landed();

    static string Long() => string.Join(',', Enumerable.Repeat(new string('m', 80), 12));

    static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    int Files() =>
        Directory
            .EnumerateFiles(Path.Combine(server.Running.Folder, "papers"), "*", SearchOption.AllDirectories)
            .Count();
}
