using System.Net.Http.Json;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.People;

namespace Loa.Lists;

/// <summary>Lists of one officer's own things, which no other test changes meanwhile: narrowed, sorted, and taken away as they are shown.</summary>
public sealed class OwnListsTests(RunningServer server)
{
    [Fact]
    public async Task Bulletins_are_narrowed_by_class_author_unit_and_period_and_stand_by_the_alphabet()
    {
        var author = await SomeOfficer.New(server);
        var word = "tin" + Guid.CreateVersion7().ToString("N")[^12..];
        foreach (
            var (title, @class) in ((string, string)[])
                [($"Ấp 10 {word}", "ordinary"), ($"Đê {word}", "priority"), ($"Ấp 2 {word}", "ordinary")]
        )
            await author.Client.PostAsJsonAsync(
                "/bulletins",
                new
                {
                    title,
                    text = Desk.NewText(),
                    voice = "vi",
                    @class,
                }
            );
        string[] all = [$"Ấp 2 {word}", $"Ấp 10 {word}", $"Đê {word}"];

        Assert.Equal(all, await Titles($"by={author.UserName}&sort=title"));
        Assert.Equal(all.Reverse(), await Titles($"by={author.UserName}&sort=-title"));
        foreach (var words in (string[])[$"q={word}&", $"by={author.UserName}&"])
        {
            Assert.Equal([all[2]], await Titles(words + "class=priority"));
            Assert.Equal(3, (await Titles(words + "unit=Xã+Lộc+Tấn&from=01/01/2024")).Count);
            Assert.Empty(await Titles(words + "to=01/01/2024"));
            Assert.Empty(await Titles(words + "unit=Xã+Bù+Đăng"));
        }
        Assert.Equal(3, (await Titles($"q={word}&by={author.UserName}")).Count);
        Assert.Empty(await Titles($"q={word}&by=không+có+ai"));

        async Task<IReadOnlyList<string>> Titles(string query)
        {
            var shown = await ShownList.Read(author.Client, $"/bulletins?{query}");
            if (shown.Rows.Count > 0)
                await shown.IsTakenAwayAsShown(author.Client);
            return [.. shown.Rows.Select(row => row[0])];
        }
    }

    [Theory]
    [InlineData("tinh.quantri", "/officers?q={0}")]
    [InlineData("tinh.quantri", "/officers?q={0}&sort=name&columns=user,opened-at&state=active")]
    [InlineData("tinh.kiemtra", "/security?officer={0}")]
    [InlineData("tinh.kiemtra", "/security?officer={0}&kind=account&columns=at,by&size=50")]
    [InlineData("tinh.kiemtra", "/ledger?by={0}&part=newsroom")]
    [InlineData("tinh.kiemtra", "/ledger?by={0}&columns=hash,title,at&unit=Xã+Lộc+Tấn")]
    public async Task What_is_known_of_an_officer_is_taken_away_as_it_is_shown(string account, string path)
    {
        var officer = await SomeOfficer.New(server);
        await officer.Client.Submit($"Gửi {Guid.CreateVersion7():N}");
        using var reader = await server.SignedIn(account);

        var shown = await ShownList.Read(reader, string.Format(null, path, officer.UserName));

        Assert.NotEmpty(shown.Rows);
        await shown.IsTakenAwayAsShown(reader);
    }

    [Fact]
    public async Task The_ledger_knows_the_servers_acts_by_its_name()
    {
        using var auditor = await server.SignedIn("tinh.kiemtra");

        // Two sizes are none: the usual page is read, and no other.
        var by = Uri.EscapeDataString(Actor.Server.Name);
        var shown = await ShownList.Read(auditor, $"/ledger?part=people&by={by}&size=25");

        Assert.NotEmpty(shown.Rows);
        Assert.All(shown.Rows, row => Assert.Contains(Actor.Server.Name, row));
    }
}
