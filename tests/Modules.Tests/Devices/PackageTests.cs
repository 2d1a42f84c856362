using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Devices.Packages;
using Loa.Jose;
using Loa.People;
using Loa.Trust;
using Loa.Trust.Roots;
using Microsoft.EntityFrameworkCore;
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

    [Theory]
    [InlineData(TarEntryType.ExtendedAttributes)]
    [InlineData(TarEntryType.GlobalExtendedAttributes)]
    [InlineData(TarEntryType.LongPath)]
    [InlineData(TarEntryType.LongLink)]
    public async Task A_header_that_unpacks_to_much_is_refused_before_it_is_read(TarEntryType type)
    {
        var archive = Parcel.Raw(Parcel.Header((byte)type, 64 << 20), new byte[64 << 20]);
        var before = GC.GetTotalAllocatedBytes();

        await Bring(archive).Refused("package.not-an-archive");

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 24L << 20);
    }

    [Fact]
    public async Task An_extended_size_cannot_hide_a_header_from_the_look()
    {
        var record = "11 size=512\n"u8.ToArray();
        var archive = Parcel.Raw(
            Parcel.Header((byte)TarEntryType.ExtendedAttributes, record.Length),
            [.. record, .. new byte[512 - record.Length]],
            Parcel.Header((byte)TarEntryType.RegularFile, 0),
            new byte[512]
        );

        await Bring(archive).Refused("package.not-an-archive");
    }

    [Fact]
    public async Task A_refusal_does_not_give_a_long_name_back()
    {
        var answer = await Bring(Parcel.Archive(Parcel.File(new string('n', 3_000)))).Json(HttpStatusCode.Conflict);

        Assert.InRange(answer.GetProperty("detail").GetString()!.Length, 1, 400);
    }

    [Fact]
    public async Task One_commune_cannot_use_up_the_numbers_of_the_others()
    {
        // A server apart: the numbers of all others would count.
        await using var apart = new DeviceServer();
        await apart.InitializeAsync();
        using var commune = await apart.Running.SignedIn("loctan.kythuat");
        using var other = await apart.Running.SignedIn("thienhung.kythuat");
        await commune.Draft(Parcel.Some(), long.MaxValue).Refused("invalid", HttpStatusCode.BadRequest);
        await commune.Draft(Parcel.Some(), 900_000_000).Refused("package.version-step");

        var (key, _) = await commune.Delegated(apart.Running, "package");
        var version = Parcel.NextVersion() + 900_000;
        var id = await commune.Draft(Parcel.Some(), version).Landed();
        await commune.Give(id, await commune.Sign(id, key)).Json();

        // The neighbour never sees it, the province goes on above it.
        await other.Draft(Parcel.Some(), 1).Landed();
        await apart.Technician.Draft(Parcel.Some(), version).Refused("package.version");
        await apart.Technician.Draft(Parcel.Some(), version + PackageVersion.MostStep).Landed();

        // As signed before there was a bound.
        await apart.Db(async db =>
        {
            var stored = await db.Packages.FirstAsync(p => p.Id == id);
            stored.Version = long.MaxValue;
            return await db.SaveChangesAsync();
        });
        await apart.Technician.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
    }

    [Fact]
    public async Task A_version_may_name_the_day()
    {
        var today = server.Running.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(7));
        var version = long.Parse($"{today:yyyyMMdd}07", System.Globalization.CultureInfo.InvariantCulture);
        using var commune = await server.Running.SignedIn("phuoclong.kythuat");

        await commune.Draft(Parcel.Some(), version).Landed();
        await commune.Draft(Parcel.Some(), version + 40_000_000).Refused("package.version-step");
    }

    [Fact]
    public async Task A_technician_sees_what_reaches_his_units_and_no_more()
    {
        using var commune = await server.Running.SignedIn("loctan.kythuat");
        using var other = await server.Running.SignedIn("thienhung.kythuat");
        var own = await commune.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
        var province = await server.Technician.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();

        Assert.Contains($"/packages/{own}", await commune.GetStringAsync("/packages"), StringComparison.Ordinal);
        Assert.Contains(
            $"/packages/{own}",
            await server.Technician.GetStringAsync("/packages"),
            StringComparison.Ordinal
        );
        Assert.Contains($"/packages/{province}", await other.GetStringAsync("/packages"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/packages/{own}", await other.GetStringAsync("/packages"), StringComparison.Ordinal);
        foreach (var page in (string[])["", "/document"])
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/packages/{own}{page}")).StatusCode);
        await other.Give(own, "x").Refused("missing.package", HttpStatusCode.NotFound);
    }

    Task<HttpResponseMessage> Bring(byte[] archive) => server.Technician.Draft(archive, Parcel.NextVersion());
}
