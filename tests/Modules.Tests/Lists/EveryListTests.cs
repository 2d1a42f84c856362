namespace Loa.Lists;

/// <summary>What holds of every list of the product, whatever it is narrowed to, sorted by and shown of.</summary>
public sealed class EveryListTests(RunningServer server)
{
    public static TheoryData<string, string> Lists =>
        new()
        {
            { "tinh.kythuat", "/speakers" },
            { "tinh.kythuat", "/speakers?show=other-vendor&sort=-name" },
            { "tinh.kythuat", "/speakers?unit=Xã+Lộc+Tấn&columns=unit,serial,model&sort=serial" },
            { "tinh.kythuat", "/speakers?q=loc+tan&sort=-vendor" },
            { "loctan.kythuat", "/speakers?sort=-unit" },
            { "tinh.quantri", "/units?q=loc+tan" },
            { "tinh.quantri", "/units?unit=Xã+Lộc+Tấn&kind=ap&sort=-name&columns=kind,path" },
            { "tinh.quantri", "/units?kind=xa&sort=statistics&asOf=01/06/2024" },
        };

    [Theory, MemberData(nameof(Lists))]
    public async Task A_file_holds_what_is_shown_in_its_order_and_columns(string account, string path)
    {
        using var reader = await server.SignedIn(account);

        var shown = await ShownList.Read(reader, path);

        Assert.NotEmpty(shown.Rows);
        await shown.IsTakenAwayAsShown(reader);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task No_two_rows_and_no_two_answers_read_the_same(string account, string path)
    {
        using var reader = await server.SignedIn(account);

        var shown = await ShownList.Read(reader, path);

        Assert.Equal(shown.Rows.Count, shown.Rows.Select(row => string.Join('|', row)).Distinct().Count());
        Assert.All(shown.Selects, answers => Assert.Equal(answers.Count, answers.Distinct().Count()));
    }
}
