using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

public sealed class InputTests
{
    public record Sample(
        [MaxLength(5)] string Title,
        [Range(1, 10)] int Count = 3,
        Guid? Id = null,
        Guid[]? Units = null,
        bool Loud = false,
        DateOnly? On = null,
        [Clock] string? At = null,
        [AllowedValues("a", "b", null)] string? Kind = null
    );

    [Fact]
    public async Task A_form_and_a_json_object_say_the_same()
    {
        var id = Guid.CreateVersion7();
        var form = await Form($"title=Xin&count=4&id={id}&units={id}&units={id}&loud=true");
        var json = await Json($$"""{"title":"Xin","count":4,"id":"{{id}}","units":["{{id}}","{{id}}"],"loud":true}""");

        Assert.Equal(("Xin", 4, id, 2, true), (form.Title, form.Count, form.Id, form.Units!.Length, form.Loud));
        Assert.Equal(("Xin", 4, id, 2, true), (json.Title, json.Count, json.Id, json.Units!.Length, json.Loud));
    }

    [Fact]
    public async Task What_may_be_left_out_takes_its_default()
    {
        Assert.Equal(new Sample("Xin"), (await Form("title=Xin")) with { Units = null });
        Assert.Equal(new Sample("Xin"), await Json("""{"title":"Xin"}"""));
    }

    [Theory]
    [InlineData("1/6/2024")]
    [InlineData("01/06/2024")]
    [InlineData("2024-06-01")]
    public async Task A_day_is_read_as_people_here_write_it_and_as_programs_do(string text) =>
        Assert.Equal(new DateOnly(2024, 6, 1), (await Form("title=Xin&on=" + text)).On);

    [Theory]
    [InlineData("", "title", "required")]
    [InlineData("title=", "title", "required")]
    [InlineData("title=toolong", "title", "max-length")]
    [InlineData("title=Xin&count=11", "count", "range")]
    [InlineData("title=Xin&count=many", "count", "format")]
    [InlineData("title=Xin&id=nonsense", "id", "format")]
    [InlineData("title=Xin&units=nonsense", "units", "format")]
    [InlineData("title=Xin&kind=c", "kind", "allowed-values")]
    [InlineData("title=Xin&on=31/02/2026", "on", "day")]
    [InlineData("title=Xin&on=06/13/2026", "on", "day")]
    [InlineData("title=Xin&at=5:30 PM", "at", "clock")]
    public async Task A_wrong_form_names_the_field_and_the_fault(string form, string field, string fault)
    {
        var wrong = await Assert.ThrowsAsync<InvalidException>(() => Form(form));

        Assert.Equal(
            [fault],
            wrong.Fields[wrong.Fields.Keys.Single(k => k.Equals(field, StringComparison.OrdinalIgnoreCase))]
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"title\"")]
    [InlineData("""{"title":5}""")]
    [InlineData("""{"title":"Xin","units":"x"}""")]
    [InlineData("""{"title":"Xin","count":1e99}""")]
    public async Task Json_that_is_not_what_was_asked_is_malformed(string body) =>
        await Assert.ThrowsAsync<InvalidException>(() => Json(body));

    [Fact]
    public async Task Anything_but_a_form_or_json_is_malformed() =>
        await Assert.ThrowsAsync<InvalidException>(() => Bind("title=Xin", "text/plain"));

    static Task<Sample> Form(string form) => Bind(form, "application/x-www-form-urlencoded");

    static Task<Sample> Json(string json) => Bind(json, "application/json");

    static async Task<Sample> Bind(string body, string type)
    {
        var http = new DefaultHttpContext
        {
            Request = { ContentType = type, Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) },
        };
        return (await Input<Sample>.BindAsync(http, null!)).Value;
    }
}
