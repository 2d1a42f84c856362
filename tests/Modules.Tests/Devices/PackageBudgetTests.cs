using System.Security.Cryptography;
using Loa.Devices.Packages;
using Loa.Papers;
using Loa.People;
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
        using (server.Running.Services.GetRequiredService<PackageBudget>().Enter(technician.Id))
            await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Refused("package.uploading");

        await technician.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
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
