using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Addresses;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.People;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices;

/// <summary>Notices go to no address that its officer has not proved to be his.</summary>
public sealed class AddressTests(ProvinceWithWays province) : IClassFixture<ProvinceWithWays>
{
    static readonly string[] told = ["bulletin-submitted:mail"];

    RunningServer server => province.Server;

    [Fact]
    public async Task Nothing_but_a_code_goes_to_an_address_before_it_is_typed()
    {
        var (leader, address) = (await SomeOfficer.New(server, "approver"), Address());
        await leader.Client.PostAsJsonAsync("/notices/choices", new { mail = address, told }).Json();
        var code = await province.Code(address);
        var letter = province.To(address)[0];
        Assert.Contains($"https://loa.tinh.example/notices/mail?code={code}", letter, StringComparison.Ordinal);
        // It may be a stranger's.
        Assert.DoesNotContain("Cán bộ thử", letter, StringComparison.Ordinal);
        await Raise();
        Assert.Equal(0, await Deliveries(leader));

        using var opened = await leader.Client.GetAsync($"/notices/mail?code={code}");
        Assert.Equal((null, address), await Addresses(leader));
        await leader.Client.PostAsJsonAsync("/notices/mail", new { code }).Json();
        Assert.Equal((address, null), await Addresses(leader));
        await Raise();
        Assert.Equal(1, await Deliveries(leader));
    }

    [Fact]
    public async Task Letters_go_to_the_old_address_until_the_new_one_is_proved_and_then_it_is_told()
    {
        var (old, address) = (Address(), Address());
        var leader = await province.Leader(new { mail = old, told });
        await leader.Client.PostAsJsonAsync("/notices/choices", new { mail = address, told }).Json();
        Assert.Equal((old, address), await Addresses(leader));
        var code = await province.Code(address);
        Assert.Single(province.To(old));

        await leader.Client.PostAsJsonAsync("/notices/mail", new { code }).Json();
        await RunningServer.Until(() => Task.FromResult(province.To(old).Length == 2), "the old address is told");
        Assert.DoesNotContain(address, province.To(old)[1], StringComparison.Ordinal);
        Assert.Equal((address, null), await Addresses(leader));

        await leader.Client.PostAsJsonAsync("/notices/choices", new { mail = "", told }).Json();
        Assert.Equal((null, null), await Addresses(leader));
        await RunningServer.Until(() => Task.FromResult(province.To(address).Length == 2), "so is one that was left");
    }

    [Fact]
    public async Task A_code_is_guessed_five_times_at_most_and_another_holds()
    {
        var (leader, address) = (await SomeOfficer.New(server, "approver"), Address());
        await leader.Client.PostAsJsonAsync("/notices/choices", new { mail = address, told }).Json();
        var code = await province.Code(address);
        var wrong = code[0] == '0' ? $"1{code[1..]}" : $"0{code[1..]}";
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal("mail.code", await Refusal(leader, "/notices/mail", new { code = wrong }));
        Assert.Equal("mail.code", await Refusal(leader, "/notices/mail", new { code }));

        await leader.Client.PostAsJsonAsync("/notices/mail/again", new { }).Json();
        var another = await province.Code(address, letters: 2);
        await leader.Client.PostAsJsonAsync("/notices/mail", new { code = another }).Json();
        Assert.Equal((address, null), await Addresses(leader));
    }

    [Fact]
    public async Task Nobody_makes_the_server_write_to_strangers_again_and_again()
    {
        var leader = await SomeOfficer.New(server, "approver");
        for (var asked = 0; asked < 5; asked++)
            await leader.Client.PostAsJsonAsync("/notices/choices", new { mail = Address(), told }).Json();
        Assert.Equal("mail.too-many", await Refusal(leader, "/notices/choices", new { mail = Address(), told }));
        Assert.Equal("mail.too-many", await Refusal(leader, "/notices/mail/again", new { }));
    }

    [Fact]
    public async Task Who_left_proves_nothing()
    {
        var (leader, address) = (await SomeOfficer.New(server, "approver"), Address());
        using var administrator = await server.SignedIn("tinh.quantri");
        await leader.Client.PostAsJsonAsync("/notices/choices", new { mail = address, told }).Json();
        await province.Code(address);
        await administrator.PostAsJsonAsync($"/officers/{leader.Id}/lock", new { reason = "thử" }).Json();
        await server.With<NoticesDb, int>(db =>
            db.AddressLetters.Where(l => l.OfficerId == leader.Id)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.SentAt, (DateTimeOffset?)null))
        );
        await RunningServer.Until(
            () =>
                server.With<NoticesDb, bool>(db =>
                    db.AddressLetters.AllAsync(l => l.OfficerId != leader.Id || l.EndedAt != null)
                ),
            "it is ended"
        );
        Assert.Single(province.To(address));
    }

    async Task Raise()
    {
        var news = new NoticeRaised(
            "bulletin-submitted",
            Guid.CreateVersion7(),
            await server.UnitOf("loctan.bientap"),
            "/bulletins",
            "Lịch cắt điện",
            server.Clock.Moment()
        );
        await server.With<KeepNotice, bool>(async keep =>
        {
            await keep.Hear(news, Guid.CreateVersion7(), CancellationToken.None);
            return true;
        });
    }

    Task<int> Deliveries(SomeOfficer officer) =>
        server.With<NoticesDb, int>(db => db.Deliveries.CountAsync(d => d.OfficerId == officer.Id && d.Way == "mail"));

    static async Task<(string? Proved, string? Asked)> Addresses(SomeOfficer officer)
    {
        var choices = await officer.Client.GetAsync("/api/notices/choices").Json();
        return (choices.GetProperty("mail").GetString(), choices.GetProperty("mailAsked").GetString());
    }

    static async Task<string?> Refusal(SomeOfficer officer, string url, object request)
    {
        using var answer = await officer.Client.PostAsJsonAsync(url, request);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    static string Address() => $"thu.{Guid.CreateVersion7():N}@tinh.example";
}
