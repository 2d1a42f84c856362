using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;
using Loa.People;
using Loa.People.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class PackageTests(DeviceServer server)
{
    [Fact]
    public async Task A_package_signed_in_the_browser_can_be_fetched_by_speakers_in_parts()
    {
        var archive = Parcel.Some();
        var digest = Convert.ToHexStringLower(SHA256.HashData(archive));
        var (key, _) = await server.Technician.Delegated(server.Running, "package");
        var id = await server.Technician.Draft(archive, Parcel.NextVersion()).Landed();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Anyone.GetAsync($"/air/packages/{digest}")).StatusCode);

        await server.Technician.Give(id, await server.Technician.Sign(id, key)).Json();
        using var whole = await server.Anyone.GetAsync($"/air/packages/{digest}");
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/air/packages/{digest}");
        part.Headers.Range = new RangeHeaderValue(10, 19);
        using var ten = await server.Anyone.SendAsync(part);

        Assert.Equal(archive, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{digest}\"", whole.Headers.ETag!.Tag);
        Assert.Contains("immutable", whole.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PartialContent, ten.StatusCode);
        Assert.Equal(archive[10..20], await ten.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Only_the_officers_own_key_for_packages_signs_and_only_this_very_text()
    {
        var technician = server.Technician;
        var (placing, _) = await technician.Delegated(server.Running);
        var (key, _) = await technician.Delegated(server.Running, "package");
        var id = await technician.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
        var other = await technician.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();

        await technician.Give(id, await technician.Sign(id, placing)).Refused("package.refused");
        await technician.Give(id, await technician.Sign(id, SigningKey.Create())).Refused("package.refused");
        await technician.Give(id, await technician.Sign(other, key)).Refused("package.not-this-one");
        using var stranger = await server.Running.SignedIn("loctan.kythuat");
        var (his, _) = await stranger.Delegated(server.Running, "package");
        await technician.Give(id, await technician.Sign(id, his)).Refused("package.refused");
    }

    [Fact]
    public async Task A_version_that_was_used_is_used_up_even_when_its_package_is_withdrawn()
    {
        var technician = server.Technician;
        var (key, _) = await technician.Delegated(server.Running, "package");
        var version = Parcel.NextVersion();
        var id = await technician.Draft(Parcel.Some(), version).Landed();
        var twin = await technician.Draft(Parcel.Some(), version).Landed();
        await technician.Give(id, await technician.Sign(id, key)).Json();

        await technician.Give(twin, await technician.Sign(twin, key)).Refused("package.version");
        await technician
            .PostAsync($"/packages/{id}/withdraw", new FormUrlEncodedContent([new("Comment", "thử")]))
            .Landed();
        await technician.Draft(Parcel.Some(), version).Refused("package.version");
    }

    [Fact]
    public async Task A_package_signed_elsewhere_brings_its_delegation_along()
    {
        var technician = server.Technician;
        var root = server.Running.Services.GetRequiredService<KeyFolder>().DemoRoot!;
        var (archive, maker) = (Parcel.Some(), SigningKey.Create());
        var now = server.Running.Clock.GetUtcNow();
        var units = (await technician.GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();
        var package = new Package(
            Guid.CreateVersion7(),
            PackageKind.Configuration,
            Parcel.NextVersion(),
            "cấu hình",
            [],
            [units],
            Convert.ToHexStringLower(SHA256.HashData(archive)),
            archive.Length,
            now.AddMinutes(-1),
            now.AddDays(9)
        ).Sign(maker);
        string Delegation(SigningKey by) =>
            new Delegation(
                Guid.CreateVersion7(),
                maker.KeyId,
                maker.Public.Jwk,
                "maker",
                [AirKind.Package],
                [],
                [units],
                now.AddMinutes(-1),
                now.AddDays(9)
            ).Sign(by);

        await technician.Bring(archive, "/packages/signed", ("Signed", package)).Refused("package.refused");
        await technician
            .Bring(archive, "/packages/signed", ("Signed", $"{package}\n{Delegation(SigningKey.Create())}"))
            .Refused("package.refused");
        await technician
            .Bring(Parcel.Some(), "/packages/signed", ("Signed", $"{package}\n{Delegation(root)}"))
            .Refused("package.another-archive");
        var id = await technician
            .Bring(archive, "/packages/signed", ("Signed", $"{package}\n{Delegation(root)}"))
            .Landed();
        Assert.Contains("cấu hình", await technician.GetStringAsync($"/packages/{id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("app/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("app\\..\\x")]
    public Task A_name_that_leads_out_is_refused(string name) =>
        Bring(Parcel.Archive(Parcel.File("app/a"), Parcel.File(name))).Refused("package.entry-name");

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Fifo)]
    public Task Links_and_devices_are_refused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "app/b");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            entry.LinkName = "/etc/passwd";
        return Bring(Parcel.Archive(Parcel.File("app/a"), entry)).Refused("package.entry-type");
    }

    [Fact]
    public async Task What_is_no_archive_or_holds_nothing_or_one_name_twice_is_refused()
    {
        await Bring("not at all"u8.ToArray()).Refused("package.not-an-archive");
        await Bring(Parcel.Some()[..60]).Refused("package.not-an-archive");
        await Bring(Parcel.Archive(new PaxTarEntry(TarEntryType.Directory, "app"))).Refused("package.empty");
        await Bring(Parcel.Archive(Parcel.File("app/a"), Parcel.File("app/a"))).Refused("package.entry-twice");
    }

    [Fact]
    public async Task An_archive_may_be_larger_than_any_other_form()
    {
        var large = new PaxTarEntry(TarEntryType.RegularFile, "app/large")
        {
            DataStream = new MemoryStream(RandomNumberGenerator.GetBytes(3_000_000)),
        };
        await Bring(Parcel.Archive(large)).Landed();
    }

    [Fact]
    public async Task Who_may_not_update_speakers_brings_nothing()
    {
        using var author = await server.Running.SignedIn("tinh.bientap");

        Assert.Equal(HttpStatusCode.Forbidden, (await author.Draft(Parcel.Some(), 1)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync("/packages")).StatusCode);
    }

    Task<HttpResponseMessage> Bring(byte[] archive) => server.Technician.Draft(archive, Parcel.NextVersion());
}
