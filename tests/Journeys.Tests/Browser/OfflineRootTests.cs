using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Loa.Jose;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>A province as it should be: the root lies in its keeper's safe, and what the root lets a technician do he signs in his own browser.</summary>
[Collection("second town")]
public sealed class OfflineRootTests(Town town) : IDisposable
{
    const string Serial = "DEMO-00001";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly string folder = Directory.CreateTempSubdirectory("loa-keeper-").FullName;

    Process? speaker;

    string Data => Path.Combine(folder, "data");

    string Root => Path.Combine(folder, "root.pem");

    [Fact]
    public async Task A_technician_s_own_key_claims_a_speaker_and_signs_a_package()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var cancel = timeout.Token;
        using var server = new ServerProcess(Data);
        await KeepTheRoot(server, cancel);
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "demo-password"), cancel)).Trim();
        await using var technician = await town.StrangerAt(server.Address);
        await technician.SignIn("tinh.kythuat", password);
        var page = technician.Page;
        speaker = SwitchOn(server);
        var code = await CodeOf(speaker, cancel);

        // Without a key he is sent to make one, and comes back to where he was.
        await Find(technician, code);
        await technician.Confirm("claim.do");
        await page.WaitForURLAsync("**/keys?kind=placement&next=*");
        await technician.Picture("keys-technician");
        await page.Locator("[data-key-kind][value=package]").CheckAsync();
        await technician.Button("keys.ask").ClickAsync();
        await page.Locator("[data-standing=Asked]").First.WaitForAsync();
        await GrantWhatWasAsked(server, password, cancel);
        await page.ReloadAsync();
        await technician.Link("keys.go-on").ClickAsync();
        await technician.Confirm("claim.do");
        await Expect(page.Locator(".page-actions .badge, main .badge").First).ToBeVisibleAsync();
        await Logs(speaker, "\"event\":\"connected\"", cancel);
        await technician.Picture("claimed-by-own-key");

        await page.GotoAsync("/packages/new");
        var archive = Path.Combine(folder, "cau-hinh.tar.gz");
        await Pack(archive, cancel);
        var form = page.Locator("form[action='/packages']");
        await form.Locator("[name=Archive]").SetInputFilesAsync(archive);
        await form.Locator("[name=Kind]").SelectOptionAsync("configuration");
        await form.Locator("[name=Label]").FillAsync("2026.11");
        await form.Locator("button[type=submit]").ClickAsync();
        await technician.Button("packages.sign").ClickAsync();
        await Expect(page.Locator(".facts .badge")).ToHaveTextAsync(Visit.Vi("state.package.signed"));
        await technician.Picture("package-signed-by-own-key");
        technician.WentQuietly();
    }

    public void Dispose()
    {
        speaker?.Kill();
        speaker?.WaitForExit();
        speaker?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // Only the public half ever comes near the server.
    async Task KeepTheRoot(ServerProcess server, CancellationToken cancel)
    {
        var root = SigningKey.Create();
        root.Save(Root);
        var jwk = Path.Combine(folder, "root.jwk");
        await File.WriteAllTextAsync(jwk, JsonSerializer.Serialize(root.Public.Jwk), cancel);
        await Keeper(server, cancel, "install-root", "--jwk", jwk);
        await server.Start(cancel);
        await Keeper(server, cancel, "delegate", "--root", Root, "--server");
    }

    // The administrator carries the request to the keeper, who is asked nothing but files, and brings back what he signed.
    async Task GrantWhatWasAsked(ServerProcess server, string password, CancellationToken cancel)
    {
        await using var administrator = await town.StrangerAt(server.Address);
        await administrator.SignIn("tinh.quantri", password);
        var page = administrator.Page;
        // One for his daily work and for packages.
        await page.GotoAsync("/trust");
        var waiting = page.Locator("article", new() { Has = page.Locator("[name=jws]") });
        await Expect(waiting).ToHaveCountAsync(1);
        await Grant(page, waiting, cancel);
        administrator.WentQuietly();
    }

    async Task Grant(IPage page, ILocator waiting, CancellationToken cancel)
    {
        await waiting.Locator("summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => waiting.Locator("a[download]").ClickAsync());
        var request = Path.Combine(folder, "request.json");
        await download.SaveAsAsync(request);
        var granted = Path.Combine(folder, "granted.jws");
        var (ended, said) = await ServerProcess.Run(
            ["trust", "delegate", "--root", Root, "--request", request, "--out", granted],
            cancel
        );
        Assert.True(ended == 0, said);
        await waiting.Locator("[name=jws]").FillAsync(await File.ReadAllTextAsync(granted, cancel));
        await waiting.GetByRole(AriaRole.Button, new() { Name = Visit.Vi("trust.grant"), Exact = true }).ClickAsync();
        await Expect(page.Locator("#toasts")).ToContainTextAsync(Visit.Vi("trust.granted"));
    }

    static async Task Find(Visit technician, string code)
    {
        await technician.Page.GotoAsync("/speakers/claim");
        await technician.Page.Locator("[name=code]").FillAsync(code);
        await technician.Button("claim.find").ClickAsync();
        await Expect(technician.Page.Locator("main")).ToContainTextAsync(Serial);
    }

    static async Task Keeper(ServerProcess server, CancellationToken cancel, params string[] verbs)
    {
        var (ended, said) = await server.Ask(["trust", .. verbs], cancel);
        Assert.True(ended == 0, said);
    }

    Process SwitchOn(ServerProcess server) =>
        Process.Start(
            new ProcessStartInfo(
                Town.Beside("Fleet", "Loa.Fleet"),
                [
                    "--server",
                    $"{server.Address}",
                    "--data",
                    Path.Combine(folder, "fleet"),
                    "--speakers",
                    "1",
                    "--serial-from",
                    Serial,
                    "--verbose",
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    static async Task<string> CodeOf(Process speaker, CancellationToken cancel)
    {
        while (await speaker.StandardOutput.ReadLineAsync(cancel) is { } line)
            if (line.StartsWith('{'))
                return JsonSerializer.Deserialize<JsonElement>(line).GetProperty("code").GetString()!;
        throw new IOException("The speaker ended without showing its code.");
    }

    static async Task Logs(Process speaker, string words, CancellationToken cancel)
    {
        while (await speaker.StandardError.ReadLineAsync(cancel) is { } line)
            if (line.Contains(words, StringComparison.Ordinal))
                return;
        throw new IOException($"The speaker ended before it told {words}.");
    }

    static async Task Pack(string archive, CancellationToken cancel)
    {
        await using var file = File.Create(archive);
        await using var zip = new GZipStream(file, CompressionLevel.Fastest);
        await using var tar = new TarWriter(zip);
        using var content = new MemoryStream("{}"u8.ToArray());
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, "settings.json") { DataStream = content },
            cancel
        );
    }
}
