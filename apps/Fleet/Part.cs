namespace Loa.Fleet;

/// <summary>Who acts with a speaker's key and folder just now.</summary>
enum Part
{
    Speaker,
    Nobody,
    Liar,
}
