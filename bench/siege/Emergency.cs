using Loa.Jose;
using Loa.Server.Demo;

namespace Loa.Bench.Siege;

/// <summary>The leaders of the province with an approved warning in hand, which they put on the air again and again.</summary>
sealed class Emergency
{
    const string Author = "tinh.bientap";
    const string Leader = "tinh.duyet";
    const string Text = "Khẩn cấp. Hồ thủy lợi xả lũ lúc 3 giờ. Bà con ven suối sơ tán ngay.";

    readonly Province province;
    readonly Guid bulletin;
    readonly Guid everywhere;

    Emergency(Province province, Guid bulletin, Guid everywhere) =>
        (this.province, this.bulletin, this.everywhere) = (province, bulletin, everywhere);

    /// <summary>Written, spoken, submitted, heard and signed, as in peace.</summary>
    public static async Task<Emergency> Approve(Province province)
    {
        var unit = await province.UnitOf(Author, default);
        var written = await province.Post(
            Author,
            "/bulletins",
            new
            {
                title = "Xả lũ",
                text = Text,
                voice = "vi",
                unit,
                @class = "emergency",
            },
            default
        );
        var id = written.GetProperty("id").GetGuid();
        var acts = written.GetProperty("acts").GetInt32();
        var spoken = await province.Post(Author, $"/bulletins/{id}/voice", new { seen = acts }, default);
        acts = spoken.GetProperty("acts").GetInt32();
        await province.Post(Author, $"/bulletins/{id}/submit", new { seen = acts }, default);
        var key = await province.MakeKey(Leader, default);
        var seen = await province.Get(Leader, $"/api/bulletins/{id}", default);
        var terms = await province.Download(Leader, $"/bulletins/{id}/release?units={unit}", default);
        var release = Jws.Sign(key, "loa-release", terms);
        acts = seen.GetProperty("acts").GetInt32();
        await province.Post(Leader, $"/bulletins/{id}/approve", new { release, seen = acts }, default);
        return new(province, id, unit);
    }

    /// <summary>For the whole province; answers which broadcast it is.</summary>
    public async Task<Guid> Order()
    {
        var ordered = await province.Post(
            Leader,
            "/broadcasts",
            new
            {
                bulletin,
                units = new[] { everywhere },
                minutes = 1,
            },
            default
        );
        return ordered.GetProperty("id").GetGuid();
    }

    /// <summary>How many of the real speakers have played it to its end.</summary>
    public async Task<int> Heard(Guid broadcast)
    {
        var seen = await province.Get(Leader, $"/api/broadcasts/{broadcast}", default);
        return seen.GetProperty("stages").TryGetProperty("heard", out var heard) ? heard.GetInt32() : 0;
    }
}
