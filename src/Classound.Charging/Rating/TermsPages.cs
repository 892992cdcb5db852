namespace Classound.Charging.Rating;

/// <summary>
/// Terms on pages of <see cref="PrefixRef.PageSize"/>, so that two bytes say which terms of a page, and the length of a prefix. All
/// stretches of a line are on one page. Most lists have one page in all; terms that lines on several pages need are on each of those.
/// </summary>
internal sealed class TermsPages(IReadOnlyList<PriceListTerms> terms)
{
    private readonly List<PriceListTerms> _paged = [];
    private readonly Dictionary<int, int> _place = []; // On the current page, of what is there.
    private int _page;

    public PriceListTerms[] ToArray() => [.. _paged];

    /// <summary>The same prefixes, with their terms on one page: <see cref="PrefixRef.Page"/> of any of them that is one.</summary>
    public PrefixRef[] Place(List<PrefixRef> prefixes)
    {
        if (_place.Count + prefixes.Count > PrefixRef.PageSize) Turn();
        var placed = new PrefixRef[prefixes.Count];
        for (var i = 0; i < placed.Length; i++) placed[i] = Place(prefixes[i]);
        return placed;
    }

    private PrefixRef Place(PrefixRef prefix)
    {
        if (prefix.Length == 0) return new PrefixRef(_page * PrefixRef.PageSize, 0);
        if (!_place.TryGetValue(prefix.Terms, out var place))
        {
            _place.Add(prefix.Terms, place = _place.Count);
            _paged.Add(terms[prefix.Terms]);
        }

        return new PrefixRef(_page * PrefixRef.PageSize + place, prefix.Length);
    }

    private void Turn()
    {
        _page++;
        _place.Clear();
        while (_paged.Count < _page * PrefixRef.PageSize) _paged.Add(_paged[^1]); // Nothing refers to what fills a page.
    }
}
