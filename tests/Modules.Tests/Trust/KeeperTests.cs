using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.People;
using Loa.People.Data;
using Loa.People.Seed;
using Loa.Trust.HandingOver;
using Loa.Trust.Offline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

/// <summary>The root's keeper at work with files only, beside a server whose root is offline.</summary>
[AnyEngine]
public sealed class KeeperTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-keeper-").FullName;

    string Data => Path.Combine(folder, "data");

    string Root => Path.Combine(folder, "root.pem");

    [Fact]
    public async Task A_province_with_an_offline_root_delegates_revokes_and_keeps_the_key_away()
    {
        await Keeper("new-root", "--out", Root);
        await Keeper("install-root", "--jwk", Path.Combine(folder, "root.jwk"), "--data", Data);
        await using var services = await Province();
        var trust = services.GetRequiredService<ITrust>();
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            trust.Sign(Command.Type, new byte[1], default).AsTask()
        );
        Assert.Equal("trust.server-not-delegated", refused.Code);
        Assert.False(trust.IsDemoRoot);
        Assert.False(File.Exists(Path.Combine(Data, "keys", "demo-root.pem")));

        await Keeper("delegate", "--root", Root, "--server", "--data", Data);

        var signed = await trust.Sign(Command.Type, new byte[1], default);
        Assert.True(Delegation.TryRead(signed.Delegations.Single(), out var delegation, out _));
        Assert.Equal([AirKind.Timetable, AirKind.Command], delegation.Document.Kinds);

        await Keeper("revoke", "--root", Root, "--data", Data, "--delegation", delegation.Document.Id.ToString());

        Assert.True(Revocations.TryRead(await trust.Revocations(default), out var list, out _));
        Assert.Equal(1, list.Document.Version);
        Assert.Contains(delegation.Document.Id, list.Document.Delegations);
        await Assert.ThrowsAsync<RefusedException>(() => trust.Sign(Command.Type, new byte[1], default).AsTask());
        await Keeper("show", "--data", Data);
    }

    [Fact]
    public async Task The_root_hands_over_to_another_beside_a_server_or_by_files()
    {
        var (next, third) = (Path.Combine(folder, "next.pem"), Path.Combine(folder, "third.pem"));
        foreach (var file in new[] { Root, next, third })
            await Keeper("new-root", "--out", file);
        await Keeper("install-root", "--jwk", Path.Combine(folder, "root.jwk"), "--data", Data);
        await using (await Province())
            await Keeper("delegate", "--root", Root, "--server", "--data", Data);

        await Keeper("hand-over", "--root", Root, "--next", next, "--data", Data);

        await using var services = await new ServerData(PeopleModule.AddPeople).Open(Data, default);
        var trust = services.GetRequiredService<ITrust>();
        Assert.Equal(SigningKey.Load(next).KeyId, trust.Root!.KeyId);
        Assert.Equal(2, (await trust.Sign(Command.Type, new byte[1], default)).Delegations.Count);
        Assert.Equal(
            1,
            await TrustModule
                .Command(PeopleModule.AddPeople)
                .Parse(["hand-over", "--root", Root, "--next", third, "--data", Data])
                .InvokeAsync()
        );

        var (draft, answer) = (Path.Combine(folder, "hand-over.json"), Path.Combine(folder, "hand-over.jws"));
        await using (var scope = services.CreateAsyncScope())
            await File.WriteAllTextAsync(
                draft,
                (await scope.ServiceProvider.GetRequiredService<RootHandOver>().DrawUp(default)).Text()
            );
        await Keeper("hand-over", "--root", next, "--next", third, "--draft", draft, "--days", "30", "--out", answer);
        var papers = HandOverPapers.Read(await File.ReadAllTextAsync(answer));
        Assert.Equal(2, papers.Change.Document.Version);
        Assert.True(papers.Change.IsSignedBy(SigningKey.Load(next).Public));
        Assert.All(papers.Delegations, d => Assert.True(d.IsSignedBy(SigningKey.Load(third).Public)));
    }

    [Fact]
    public async Task A_request_is_signed_from_a_file_under_a_passphrase_without_any_server()
    {
        var secret = Path.Combine(folder, "secret");
        await File.WriteAllTextAsync(secret, "câu mật của người giữ khóa\n");
        await Keeper("new-root", "--out", Root, "--passphrase-file", secret);
        var officer = SigningKey.Create();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var wanted = new Delegation(
            Guid.CreateVersion7(),
            officer.KeyId,
            officer.Public.Jwk,
            "Người duyệt",
            [AirKind.Release],
            [AirClass.Ordinary],
            [Guid.CreateVersion7()],
            now,
            now.AddDays(1)
        );
        var (request, answer) = (Path.Combine(folder, "request.json"), Path.Combine(folder, "answer.jws"));
        await File.WriteAllTextAsync(request, JsonSerializer.Serialize(wanted, Delegation.Shape));

        await Keeper("delegate", "--root", Root, "--passphrase-file", secret, "--request", request, "--out", answer);

        Assert.True(
            PublicKey.TryFrom(
                JsonSerializer.Deserialize<Jwk>(await File.ReadAllTextAsync(Path.Combine(folder, "root.jwk"))),
                out var root
            )
        );
        Assert.True(Delegation.TryRead((await File.ReadAllTextAsync(answer)).Trim(), out var read, out _));
        Assert.True(read.IsSignedBy(root));
        Assert.Equal(
            1,
            await TrustModule
                .Command(PeopleModule.AddPeople)
                .Parse(["delegate", "--root", Root, "--request", request])
                .InvokeAsync()
        );
    }

    [Fact]
    public async Task A_root_key_is_never_overwritten_nor_replaced_unasked()
    {
        await Keeper("new-root", "--out", Root);
        var jwk = Path.Combine(folder, "root.jwk");
        await Keeper("install-root", "--jwk", jwk, "--data", Data);

        Assert.Equal(
            1,
            await TrustModule.Command(PeopleModule.AddPeople).Parse(["new-root", "--out", Root]).InvokeAsync()
        );
        Assert.Equal(
            1,
            await TrustModule
                .Command(PeopleModule.AddPeople)
                .Parse(["install-root", "--jwk", jwk, "--data", Data])
                .InvokeAsync()
        );
    }

    [Fact]
    public async Task A_maker_signs_a_package_away_from_every_server_and_speakers_believe_it()
    {
        var (maker, archive) = (Path.Combine(folder, "maker.pem"), Path.Combine(folder, "app.tar.gz"));
        var (answer, unit) = (Path.Combine(folder, "app.jws"), Guid.CreateVersion7());
        await File.WriteAllTextAsync(archive, "whatever");
        await Keeper("new-root", "--out", Root);
        await Keeper("new-key", "--out", maker);
        string[] words = ["package", "--key", maker, "--archive", archive, "--version", "7", "--label", "1.4.2"];
        await Keeper([.. words, "--unit", unit.ToString(), "--root", Root, "--out", answer]);

        Assert.True(
            PublicKey.TryFrom(
                JsonSerializer.Deserialize<Jwk>(await File.ReadAllTextAsync(Path.Combine(folder, "root.jwk"))),
                out var root
            )
        );
        var lines = (await File.ReadAllTextAsync(answer)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var chain = new Chain(root);
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(
            Refusal.KeyUnknown,
            chain.Verify(lines[0], new PackageRule(Jws.Digest(lines[0]), [unit], "any", _ => 6, now)).Reason
        );
        Assert.True(chain.Learn(lines[1]).Ok);
        Assert.True(chain.Verify(lines[0], new PackageRule(Jws.Digest(lines[0]), [unit], "any", _ => 6, now)).Ok);
        Assert.Equal(
            Refusal.PackageOlder,
            chain.Verify(lines[0], new PackageRule(Jws.Digest(lines[0]), [unit], "any", _ => 7, now)).Reason
        );
        Assert.Equal(
            1,
            await TrustModule
                .Command(PeopleModule.AddPeople)
                .Parse([.. words[..^3], "0", .. words[^2..], "--unit", $"{unit}"])
                .InvokeAsync()
        );
    }

    static async Task Keeper(params string[] args) =>
        Assert.Equal(0, await TrustModule.Command(PeopleModule.AddPeople).Parse(args).InvokeAsync());

    // As another process would have it open: the demo's units, and no demo root because a real one is installed.
    async Task<ServiceProvider> Province()
    {
        var services = await new ServerData(PeopleModule.AddPeople).Open(Data, default);
        await using var scope = services.CreateAsyncScope();
        var batch = new Loa.Cases.CaseBatch(scope.ServiceProvider.GetRequiredService<PeopleDb>());
        new DemoUnits(batch, services.GetRequiredService<TimeProvider>().Moment()).Run();
        await batch.Save(default);
        return services;
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
