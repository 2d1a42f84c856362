using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Loa.People.Officers;

public sealed class ImportOfficersTests(RunningServer server)
{
    const string Head = "Họ tên;Tên đăng nhập;Đơn vị;Vai trò;Từ ngày;Đến ngày\n";

    [Fact]
    public async Task Each_line_is_told_its_fault_and_nothing_is_entered_before_it_is_said()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var (good, bad) = (Fresh(), Fresh());
        var list =
            Head
            + $"Trần Thị Bình;{good};Xã Lộc Tấn;Biên tập viên;1/6/2026;\n"
            + $"Lê Văn Cảnh;{bad};Xã Không Có;author;;\n"
            + $"Lê Văn Cảnh;{bad}1;Xã Lộc Tấn;vua;;\n"
            + $"Lê Văn Cảnh;{bad}2;Xã Lộc Tấn;author;06/13/2026;\n"
            + "Lê Văn Cảnh;Có Dấu;Xã Lộc Tấn;author;;\n"
            + $"Lê Văn Cảnh;{good};Xã Lộc Tấn;author;;\n"
            + "Người khác;tinh.duyet;Xã Lộc Tấn;author;;\n";

        var plan = await Look(admin, list).Json();

        Assert.Equal(
            [null, "unit", "role", "day", "user", "twice", "taken"],
            plan.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("fault").GetString())
        );
        await Enter(admin, list).Refused("officers.import.faults");
        Assert.Equal(0, await Found(admin, good));

        var entered = await Enter(admin, list, goodOnly: true).Json();
        var invited = Assert.Single(entered.EnumerateArray());
        Assert.Equal(1, await Found(admin, good));
        Assert.Equal(0, await Found(admin, bad));
        await server.Client().Choose(good, invited.GetProperty("password").GetString()!, SomeOfficer.Usual).Json();
        var password = invited.GetProperty("password").GetString()!;
        Assert.DoesNotContain(server.Said.All, line => line.Text.Contains(password, StringComparison.Ordinal));

        // Brought again it adds nobody.
        Assert.Empty((await Enter(admin, list, goodOnly: true).Json()).EnumerateArray());
        Assert.Equal(1, await Found(admin, good));
    }

    [Fact]
    public async Task A_person_sees_the_lines_and_gets_the_passwords_once()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var user = Fresh();
        var list = Head + $"Trần Thị Bình;{user};Tỉnh Đồng Nai;Quản trị viên;;\n";
        using var file = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(list)), "file", "can-bo.csv" },
        };

        var page = await Text(admin.PostAsync("/officers/import/plan", file));
        Assert.Contains(user, page, StringComparison.Ordinal);
        // One of them reaches far.
        Assert.Contains(
            string.Format(null, Kernel.Words.All["officers.import.ask-far"][0], 1, 1),
            page,
            StringComparison.Ordinal
        );

        var form = new Dictionary<string, string> { ["list"] = list, ["goodOnly"] = "false" };
        using var answer = await admin.PostAsync("/officers/import", new FormUrlEncodedContent(form));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains(user, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(user, await admin.GetStringAsync("/officers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commune_takes_nobody_in_for_another_and_a_list_has_an_end()
    {
        var commune = await SomeOfficer.New(server, "administrator", where: "phuoclong.kythuat");

        var plan = await Look(commune.Client, Head + $"Ai đó;{Fresh()};Xã Lộc Tấn;author;;\n").Json();
        Assert.Equal("unit", plan.GetProperty("lines")[0].GetProperty("fault").GetString());

        var many = Head + string.Concat(Enumerable.Range(0, 101).Select(i => $"Ai đó;thu.{i};Xã Lộc Tấn;author;;\n"));
        await Look(commune.Client, many).Refused("officers.import.too-many");
        await Look(commune.Client, "số máy;khóa\n1;2").Refused("officers.import.columns");
    }

    static string Fresh() => "thu." + Guid.CreateVersion7().ToString("N")[^12..];

    static Task<HttpResponseMessage> Look(HttpClient admin, string list) =>
        admin.PostAsync("/officers/import/plan", new StringContent(list, Encoding.UTF8, "text/csv"));

    static Task<HttpResponseMessage> Enter(HttpClient admin, string list, bool goodOnly = false) =>
        admin.PostAsJsonAsync("/officers/import", new { list, goodOnly });

    static async Task<int> Found(HttpClient admin, string user) =>
        (await admin.GetAsync($"/api/officers?q={user}").Json()).GetProperty("total").GetInt32();

    static async Task<string> Text(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
